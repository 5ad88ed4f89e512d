using Google.Protobuf;
using Onnx;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// A Piper network cut in two where the sound is decided but not made yet: phonemes → frames, and frames → samples, 256 of each. The second
/// half looks at a few frames around each one and can be run piece by piece, so that a clause is heard before all of it is made.
/// </summary>
/// <param name="Frames">The first half, an ONNX model.</param>
/// <param name="Samples">The second half, an ONNX model.</param>
internal sealed record PiperHalves(byte[] Frames, byte[] Samples)
{
    // The first layer of the second half, by its weights: their name is that of Piper's training code in every voice.
    private const string CutWeights = "dec.conv_pre.weight";
    private const string Phonemes = "input";

    /// <summary>Cuts a voice.</summary>
    /// <returns>Null where it is not built like Piper's own, or no ONNX model.</returns>
    public static PiperHalves? Of(string path)
    {
        GraphProto? graph;
        ModelProto whole;
        try
        {
            // In a container nothing but reading is allowed.
            using var file = File.OpenRead(path);
            whole = ModelProto.Parser.ParseFrom(file);
            graph = whole.Graph;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        if (graph is not { Output: [var samples] } || graph.Node.FirstOrDefault(node => node.Input.Contains(CutWeights)) is not { OpType: "Conv" } cut)
        {
            return null;
        }

        var frames = Frame(cut.Input[0]);
        var second = Half(whole, frames, samples);
        return second.Graph.Input.Any(input => input.Name == Phonemes) ? null : new(Half(whole, null, frames).ToByteArray(), second.ToByteArray());
    }

    /// <summary>What it takes to compute <paramref name="output"/> where <paramref name="known"/> is given.</summary>
    private static ModelProto Half(ModelProto whole, ValueInfoProto? known, ValueInfoProto output)
    {
        var makers = whole.Graph.Node.SelectMany(node => node.Output, (node, name) => (name, node)).ToDictionary(pair => pair.name, pair => pair.node);
        var nodes = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var names = new HashSet<string>();
        var needed = new Stack<string>([output.Name]);
        while (needed.TryPop(out var name))
        {
            if (names.Add(name) && name != known?.Name && makers.TryGetValue(name, out var maker) && nodes.Add(maker))
            {
                foreach (var input in maker.Input)
                {
                    needed.Push(input);
                }
            }
        }

        var half = new ModelProto { IrVersion = whole.IrVersion, ProducerName = whole.ProducerName, Graph = new GraphProto { Name = whole.Graph.Name } };
        half.OpsetImport.AddRange(whole.OpsetImport);
        half.Graph.Node.AddRange(whole.Graph.Node.Where(nodes.Contains));
        half.Graph.Initializer.AddRange(whole.Graph.Initializer.Where(weights => names.Contains(weights.Name)));
        half.Graph.Input.AddRange(whole.Graph.Input.Where(input => names.Contains(input.Name)));
        if (known is not null)
        {
            half.Graph.Input.Add(known);
        }

        half.Graph.Output.Add(output);
        return half;
    }

    private static ValueInfoProto Frame(string name)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(((string[])["batch", "channels", "frames"]).Select(size => new TensorShapeProto.Types.Dimension { DimParam = size }));
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }
}
