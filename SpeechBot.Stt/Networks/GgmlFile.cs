using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SpeechBot.Stt.Networks;

/// <summary>
/// A Whisper model as a file of whisper.cpp (models/convert-pt-to-ggml.py there): sizes, the words of the vocabulary, then one tensor after
/// the other. Weights are read when they are asked for.
/// </summary>
internal sealed class GgmlFile : IDisposable
{
    /// <summary>Weights that share a scale in the format Q8_0: a 16-bit float, then so many signed bytes.</summary>
    public const int BlockWeights = 32;

    private const int BlockBytes = sizeof(short) + BlockWeights;

    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, Tensor> _tensors = [];

    private GgmlFile(SafeFileHandle file) => _file = file;

    private enum WeightFormat
    {
        Float = 0,
        Half = 1,
        Q8 = 8,
    }

    /// <summary>Tokens, timestamps and other signs included.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Numbers that describe a position, in the encoder as in the decoder.</summary>
    public required int Width { get; init; }

    /// <summary>Heads of the encoder's attention.</summary>
    public required int AudioHeads { get; init; }

    /// <summary>Layers of the encoder.</summary>
    public required int AudioLayers { get; init; }

    /// <summary>Heads of the decoder's attention.</summary>
    public required int TextHeads { get; init; }

    /// <summary>Layers of the decoder.</summary>
    public required int TextLayers { get; init; }

    /// <summary>Mel bands of the features.</summary>
    public required int Bands { get; init; }

    /// <summary>What each token says, as UTF-8; a letter may be spread over several.</summary>
    public required IReadOnlyList<byte[]> Words { get; init; }

    /// <summary>Opens a file that whisper.cpp has loaded already.</summary>
    /// <returns>Null where its matrices are in another format than Q8_0.</returns>
    public static GgmlFile? Open(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        _ = reader.ReadInt32(); // The magic number.
        var sizes = Enumerable.Range(0, 11).Select(_ => reader.ReadInt32()).ToArray();
        var filters = reader.ReadInt32() * reader.ReadInt32();
        reader.BaseStream.Position += filters * sizeof(float);
        var words = Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadBytes(reader.ReadInt32())).ToArray();
        var file = new GgmlFile(File.OpenHandle(path))
        {
            Vocabulary = sizes[0],
            Width = sizes[2],
            AudioHeads = sizes[3],
            AudioLayers = sizes[4],
            TextHeads = sizes[7],
            TextLayers = sizes[8],
            Bands = sizes[9],
            Words = words,
        };
        if (file.FindTensors(reader))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Sizes of a tensor, the outermost first.</summary>
    public int[] Shape(string name) => _tensors[name].Shape;

    /// <summary>A whole tensor.</summary>
    public float[] Read(string name) => Read(name, 0, _tensors[name].Count);

    /// <summary>One row of a matrix.</summary>
    public float[] ReadRow(string name, int row) => Read(name, row * _tensors[name].Shape[1], _tensors[name].Shape[1]);

    /// <summary>A whole tensor of the format Q8_0 as it is: whole numbers, and a scale for every <see cref="BlockWeights"/> of them.</summary>
    public (sbyte[] Numbers, float[] Scales) ReadQuantised(string name)
    {
        var tensor = _tensors[name];
        var bytes = ReadBytes(tensor, 0, tensor.Count);
        var (numbers, scales) = (new sbyte[tensor.Count], new float[tensor.Count / BlockWeights]);
        for (var block = 0; block < scales.Length; block++)
        {
            var from = bytes.AsSpan(block * BlockBytes, BlockBytes);
            scales[block] = (float)BinaryPrimitives.ReadHalfLittleEndian(from);
            MemoryMarshal.Cast<byte, sbyte>(from[sizeof(short)..]).CopyTo(numbers.AsSpan(block * BlockWeights));
        }

        return (numbers, scales);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool FindTensors(BinaryReader reader)
    {
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var (dimensions, nameLength, format) = (reader.ReadInt32(), reader.ReadInt32(), (WeightFormat)reader.ReadInt32());
            int[] shape = [.. Enumerable.Range(0, dimensions).Select(_ => reader.ReadInt32()).Reverse()];
            var name = Encoding.UTF8.GetString(reader.ReadBytes(nameLength));
            var tensor = new Tensor(format, shape, reader.BaseStream.Position);

            // What is no vector of floats and no kernel of the first two layers is a matrix.
            if (!Enum.IsDefined(format) || (dimensions == 2 && format == WeightFormat.Half))
            {
                return false;
            }

            _tensors[name] = tensor;
            reader.BaseStream.Position += tensor.BytesOf(tensor.Count);
        }

        return true;
    }

    private float[] Read(string name, int first, int count)
    {
        var tensor = _tensors[name];
        var bytes = ReadBytes(tensor, first, count);
        return tensor.Format switch
        {
            WeightFormat.Float => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            WeightFormat.Half => [.. MemoryMarshal.Cast<byte, Half>(bytes).ToArray().Select(half => (float)half)],
            _ => Unpack(bytes, count),
        };
    }

    private byte[] ReadBytes(Tensor tensor, int first, int count)
    {
        var bytes = new byte[tensor.BytesOf(count)];
        RandomAccess.Read(_file, bytes, tensor.Start + tensor.BytesOf(first));
        return bytes;
    }

    private static float[] Unpack(ReadOnlySpan<byte> bytes, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var block = bytes.Slice(i / BlockWeights * BlockBytes, BlockBytes);
            values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(block) * (sbyte)block[sizeof(short) + (i % BlockWeights)];
        }

        return values;
    }

    private sealed record Tensor(WeightFormat Format, int[] Shape, long Start)
    {
        public int Count => Shape.Aggregate(1, (product, size) => product * size);

        public long BytesOf(int weights) => Format switch
        {
            WeightFormat.Float => weights * (long)sizeof(float),
            WeightFormat.Half => weights * (long)sizeof(short),
            _ => weights / BlockWeights * (long)BlockBytes,
        };
    }
}
