using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace SpeechBot.Stt.Networks;

/// <summary>
/// smart-turn's network (github.com/pipecat-ai/smart-turn) for fewer positions than the 400 of its 8 s. It is Whisper's encoder with a weighted
/// mean behind it, and what is silent in front of a voice it hears as hundreds of positions that differ in nothing but their place. Here one
/// position can stand for many: it is at their mean place, and counts as many times as they are.
/// </summary>
internal sealed class EndOfTurnGraph
{
    /// <summary>Positions of the 8 s, two frames each.</summary>
    public const int Positions = 400;

    /// <summary>An input: for each position where it is, rows of <see cref="ReadPlace"/>.</summary>
    public const string Places = "places";

    /// <summary>An input: for each position the logarithm of how often it counts.</summary>
    public const string Counts = "counts";

    private readonly float[] _places;

    private EndOfTurnGraph(byte[] network, float[] places) => (Network, _places) = (network, places);

    /// <summary>The network, an ONNX model of three inputs: the features it had, <see cref="Places"/> and <see cref="Counts"/>.</summary>
    public byte[] Network { get; }

    /// <summary>Numbers that say where a position is.</summary>
    public int PlaceWidth => _places.Length / Positions;

    /// <summary>Reads a network.</summary>
    /// <returns>Null where it is not built like this one, or no ONNX model.</returns>
    public static EndOfTurnGraph? Of(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return ModelProto.Parser.ParseFrom(file) is { Graph: { Input: [_], Output: [_] } } model ? Of(model) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>
    /// Where positions are together: the mean of their places, as long as one of them is. What tells neighbours apart cancels out in the mean, and
    /// a shorter one would be heard as nearer to the middle of all.
    /// </summary>
    public void ReadPlace(int first, int count, Span<float> place)
    {
        place.Clear();
        var length = 0f;
        for (var position = first; position < first + count; position++)
        {
            var one = _places.AsSpan(position * PlaceWidth, PlaceWidth);
            TensorPrimitives.Add(place, one, place);
            length += TensorPrimitives.SumOfSquares<float>(one) / count;
        }

        TensorPrimitives.Multiply(place, MathF.Sqrt(length / TensorPrimitives.SumOfSquares<float>(place)), place);
    }

    private static EndOfTurnGraph? Of(ModelProto model)
    {
        var graph = model.Graph;
        var features = graph.Input[0].Type.TensorType.Shape?.Dim;
        var places = graph.Initializer.FirstOrDefault(weights => weights is { DataType: (int)TensorProto.Types.DataType.Float, Dims: [Positions, _] });
        var lengths = graph.Initializer.Where(weights => weights is { DataType: (int)TensorProto.Types.DataType.Int64, Dims: [1] } && Longs(weights) is [Positions]).ToArray();
        var softmaxes = graph.Node.Where(node => node.OpType == "Softmax").ToArray();
        if (features is not [var batch, _, var frames] || places is null || lengths.Length == 0 || softmaxes.Length == 0)
        {
            return null;
        }

        var values = Floats(places);
        graph.Initializer.Remove(places);
        foreach (var length in lengths)
        {
            length.Int64Data.Clear();
            length.RawData = Bytes(-1);
        }

        (batch.DimValue, frames.DimParam) = (1, "frames");
        graph.Input.Add(OnnxGraph.Value(Places, ["positions", values.Length / Positions]));
        graph.Input.Add(OnnxGraph.Value(Counts, ["positions"]));
        foreach (var node in graph.Node.Where(node => node.Input.Contains(places.Name)))
        {
            node.Input[node.Input.IndexOf(places.Name)] = Places;
        }

        foreach (var softmax in softmaxes)
        {
            Weigh(graph, softmax);
        }

        // What is said there about sizes is true for 400 positions only.
        graph.ValueInfo.Clear();
        return new(model.ToByteArray(), values);
    }

    // A softmax over the last axis weighs what a position listens to, one over the axis before it the positions of the mean.
    private static void Weigh(GraphProto graph, NodeProto softmax)
    {
        var counts = Counts;
        if (softmax.Attribute.FirstOrDefault(attribute => attribute.Name == "axis") is { I: not -1 })
        {
            counts = $"{Counts}_{softmax.Name}";
            var shape = new TensorProto { Name = $"{counts}_shape", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 2 }, RawData = Bytes(-1, 1) };
            graph.Initializer.Add(shape);
            graph.Node.Insert(0, new NodeProto { Name = counts, OpType = "Reshape", Input = { Counts, shape.Name }, Output = { counts } });
        }

        var weighed = $"{softmax.Name}_weighed";
        graph.Node.Insert(graph.Node.IndexOf(softmax), new NodeProto { Name = weighed, OpType = "Add", Input = { softmax.Input[0], counts }, Output = { weighed } });
        softmax.Input[0] = weighed;
    }

    private static float[] Floats(TensorProto weights) => weights.RawData.IsEmpty ? [.. weights.FloatData] : MemoryMarshal.Cast<byte, float>(weights.RawData.Span).ToArray();

    private static long[] Longs(TensorProto weights) => weights.RawData.IsEmpty ? [.. weights.Int64Data] : MemoryMarshal.Cast<byte, long>(weights.RawData.Span).ToArray();

    private static ByteString Bytes(params ReadOnlySpan<long> numbers) => ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers));
}
