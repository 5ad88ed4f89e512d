using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace SpeechBot.Stt.Networks;

/// <summary>An ONNX network that is written node by node. Nodes and weights are known by the name of what they give.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The operators that ONNX Runtime adds to the standard (docs/ContribOperators.md there).</summary>
    public const string Microsoft = "com.microsoft";

    private const int StandardVersion = 20;
    private const int FormatVersion = 10;

    private readonly GraphProto _graph = new() { Name = "network" };
    private int _nodes;

    /// <summary>Adds a node.</summary>
    /// <returns>What it gives.</returns>
    public string Add(string operation, string[] inputs, params AttributeProto[] attributes) => Add("", operation, inputs, 1, attributes)[0];

    /// <summary>Adds a node of a set of operators, with several results.</summary>
    /// <returns>What it gives.</returns>
    public string[] Add(string set, string operation, string[] inputs, int results, params AttributeProto[] attributes)
    {
        var name = $"{operation}_{_nodes++}";
        string[] outputs = [.. Enumerable.Range(0, results).Select(i => $"{name}_{i}")];
        _graph.Node.Add(new NodeProto { Name = name, OpType = operation, Domain = set, Input = { inputs }, Output = { outputs }, Attribute = { attributes } });
        return outputs;
    }

    /// <summary>Adds weights.</summary>
    public string Weights(string name, float[] values, params int[] shape) => Weights(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes<float>(values), shape);

    /// <summary>Adds bytes.</summary>
    public string Bytes(string name, ReadOnlySpan<byte> values, params int[] shape) => Weights(name, TensorProto.Types.DataType.Uint8, values, shape);

    /// <summary>Adds whole numbers, such as sizes.</summary>
    public string Numbers(string name, params long[] values) => Weights(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes<long>(values), values.Length);

    /// <summary>Adds an input of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes; one that may change is a name.</param>
    public string Input(string name, params object[] shape)
    {
        _graph.Input.Add(Value(name, shape));
        return name;
    }

    /// <summary>Makes something that a node gives known outside.</summary>
    public void Output(string name, string value, params object[] shape)
    {
        _graph.Node.Add(new NodeProto { Name = name, OpType = "Identity", Input = { value }, Output = { name } });
        _graph.Output.Add(Value(name, shape));
    }

    /// <summary>The network as the bytes of a file.</summary>
    public byte[] ToBytes()
    {
        var model = new ModelProto { IrVersion = FormatVersion, Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = StandardVersion });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Microsoft, Version = 1 });
        return model.ToByteArray();
    }

    /// <summary>A setting of a node: a whole number.</summary>
    public static AttributeProto With(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A setting of a node: a fraction.</summary>
    public static AttributeProto With(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    /// <summary>A setting of a node: whole numbers.</summary>
    public static AttributeProto With(string name, params long[] values) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    /// <summary>An input or output of floats; a size that may change is a name.</summary>
    public static ValueInfoProto Value(string name, object[] shape)
    {
        var sizes = new TensorShapeProto();
        sizes.Dim.AddRange(shape.Select(size => size is string free
            ? new TensorShapeProto.Types.Dimension { DimParam = free }
            : new TensorShapeProto.Types.Dimension { DimValue = (int)size }));
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = sizes };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }

    private string Weights(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, params int[] shape)
    {
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes), Dims = { shape.Select(size => (long)size) } });
        return name;
    }
}
