using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace SpeechBot.Stt.Networks;

/// <summary>
/// smart-turn's network (github.com/pipecat-ai/smart-turn) for fewer positions than the 400 of its 8 s. It is Whisper's encoder with a weighted
/// mean behind it, and what is silent in front of a voice it hears as hundreds of positions that differ in nothing but their place. Here one
/// position can stand for many: it is at their mean place, and counts as many times as they are.
/// </summary>
/// <param name="Network">An ONNX model of three inputs: the features that it had, <see cref="Where"/> and <see cref="Counts"/>.</param>
/// <param name="Places">Where its positions are.</param>
internal sealed record EndOfTurnGraph(byte[] Network, EndOfTurnPlaces Places)
{
    /// <summary>An input: for each position where it is, rows of <see cref="EndOfTurnPlaces.Read"/>.</summary>
    public const string Where = "where";

    /// <summary>An input: for each position the logarithm of how often it counts.</summary>
    public const string Counts = "counts";

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

    private static EndOfTurnGraph? Of(ModelProto model)
    {
        var graph = model.Graph;
        var features = graph.Input[0].Type.TensorType.Shape?.Dim;
        var places = graph.Initializer.FirstOrDefault(weights => weights is { DataType: (int)TensorProto.Types.DataType.Float, Dims: [EndOfTurnPlaces.Count, _] });
        var lengths = graph.Initializer.Where(weights => weights is { DataType: (int)TensorProto.Types.DataType.Int64, Dims: [1] } && Longs(weights) is [EndOfTurnPlaces.Count]).ToArray();
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
        graph.Input.Add(OnnxGraph.Value(Where, ["positions", values.Length / EndOfTurnPlaces.Count]));
        graph.Input.Add(OnnxGraph.Value(Counts, ["positions"]));
        foreach (var node in graph.Node.Where(node => node.Input.Contains(places.Name)))
        {
            node.Input[node.Input.IndexOf(places.Name)] = Where;
        }

        foreach (var softmax in softmaxes)
        {
            Weigh(graph, softmax);
        }

        // What is said there about sizes is true for 400 positions only.
        graph.ValueInfo.Clear();
        return new(model.ToByteArray(), new(values));
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
