using System.Buffers.Binary;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// Takes the shapes of intermediate results out of a model in ONNX Runtime's own format. The runtime uses them only to plan which results may
/// share memory, and compares each of a voice's 2,500 results with every dead one before it: 0.8 of the 1.1 s that a Piper voice takes to load.
/// Without shapes it allocates from its arena as it goes, which is as fast (measured: 103 against 102 ms for 2 s of speech).
/// The format is a flatbuffer, described by onnxruntime/core/flatbuffers/schema/ort.fbs.
/// </summary>
internal static class OrtModelShapes
{
    private const uint Identifier = 0x4D54524F; // "ORTM"
    private const int SessionModel = 1;
    private const int ModelGraph = 7;
    private const int GraphValues = 1;
    private const int ValueType = 2;
    private const int TypeKind = 1;
    private const int TypeContent = 2;
    private const int TensorShape = 1;
    private const byte TensorKind = 1;

    /// <summary>Returns the model without shapes.</summary>
    /// <exception cref="InvalidDataException">It is not a model in that format.</exception>
    public static byte[] Remove(byte[] model)
    {
        try
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(model.AsSpan(4)) == Identifier
                ? RemoveFrom(model)
                : throw new InvalidDataException("The model is not in ONNX Runtime's format.");
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException("The model is not in ONNX Runtime's format, or cut short.", exception);
        }
    }

    private static byte[] RemoveFrom(byte[] model)
    {
        var buffer = new Buffer(model);
        var graph = buffer.Table(buffer.Table(buffer.Follow(0), SessionModel), ModelGraph);
        var values = graph == 0 ? 0 : buffer.Table(graph, GraphValues);
        if (values == 0)
        {
            throw new InvalidDataException("The model has no graph.");
        }

        var tables = new Dictionary<int, int>();
        var added = new List<byte>();
        var end = (model.Length + 3) & ~3;

        for (var i = 0; i < buffer.Int(values); i++)
        {
            var type = buffer.Table(buffer.Follow(values + 4 + (4 * i)), ValueType);
            var kind = type == 0 ? 0 : buffer.Field(type, TypeKind);
            if (kind == 0 || model[kind] != TensorKind || buffer.Table(type, TypeContent) is var tensor && buffer.Field(tensor, TensorShape) == 0)
            {
                continue;
            }

            // Tables share their lists of fields: each tensor is pointed to a copy, behind the model, that has no shape.
            var fields = tensor - buffer.Int(tensor);
            if (!tables.TryGetValue(fields, out var copy))
            {
                copy = tables[fields] = end + added.Count;
                added.AddRange(buffer.FieldsWithout(fields, TensorShape));
            }

            BinaryPrimitives.WriteInt32LittleEndian(model.AsSpan(tensor), tensor - copy);
        }

        Array.Resize(ref model, end);
        return [.. model, .. added];
    }

    /// <summary>The few moves that reading a flatbuffer takes; a table is the position of its first byte, a missing one is 0.</summary>
    private readonly ref struct Buffer(byte[] bytes)
    {
        public int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

        public int Follow(int at) => at + Int(at);

        public int Field(int table, int index)
        {
            var fields = table - Int(table);
            var entry = 4 + (2 * index);
            var offset = entry < Short(fields) ? Short(fields + entry) : 0;
            return offset == 0 ? 0 : table + offset;
        }

        public int Table(int table, int index) => Field(table, index) is var field and not 0 ? Follow(field) : 0;

        public byte[] FieldsWithout(int fields, int index)
        {
            var copy = new byte[(Short(fields) + 3) & ~3];
            bytes.AsSpan(fields, Short(fields)).CopyTo(copy);
            copy.AsSpan(4 + (2 * index), 2).Clear();
            return copy;
        }

        private int Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
    }
}
