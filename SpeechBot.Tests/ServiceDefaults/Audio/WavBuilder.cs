using System.Buffers.Binary;
using System.Text;

namespace SpeechBot.Tests.ServiceDefaults.Audio;

/// <summary>Makes WAV files of every kind, right ones and lying ones.</summary>
internal sealed record WavBuilder
{
    public int Bits { get; init; } = 16;

    public bool IsFloat { get; init; }

    public int Channels { get; init; } = 1;

    public int Rate { get; init; } = 16_000;

    public bool Extensible { get; init; }

    public float[] Frames { get; init; } = [];

    /// <summary>What each channel holds of a frame; all the same when left out.</summary>
    public float[]? ChannelGain { get; init; }

    public int? Tag { get; init; }

    public int? DeclaredBits { get; init; }

    public int? BlockAlign { get; init; }

    public uint? RiffSize { get; init; }

    public uint? DataSize { get; init; }

    public (string Id, byte[] Content)[] ChunksBefore { get; init; } = [];

    public (string Id, byte[] Content)[] ChunksBehind { get; init; } = [];

    public byte[] ToBytes()
    {
        var data = Data();
        var rest = new List<byte>("WAVE"u8.ToArray());
        rest.AddRange(Chunk("fmt ", Format()));
        rest.AddRange(ChunksBefore.SelectMany(chunk => Chunk(chunk.Id, chunk.Content)));
        rest.AddRange(Chunk("data", data, DataSize));
        rest.AddRange(ChunksBehind.SelectMany(chunk => Chunk(chunk.Id, chunk.Content)));
        return [.. "RIFF"u8, .. Little(RiffSize ?? (uint)rest.Count), .. rest];
    }

    private byte[] Format()
    {
        var tag = Tag ?? (IsFloat ? 3 : 1);
        var align = BlockAlign ?? Channels * Bits / 8;
        byte[] plain =
        [
            .. Little((ushort)(Extensible ? 0xFFFE : tag)), .. Little((ushort)Channels), .. Little((uint)Rate),
            .. Little((uint)(Rate * align)), .. Little((ushort)align), .. Little((ushort)(DeclaredBits ?? Bits)),
        ];
        return Extensible
            ? [.. plain, 22, 0, .. Little((ushort)Bits), 0, 0, 0, 0, .. Little((ushort)tag), 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
            : plain;
    }

    private byte[] Data() =>
        [.. Frames.SelectMany(frame => Enumerable.Range(0, Channels).SelectMany(channel => Sample(frame * (ChannelGain?[channel] ?? 1))))];

    private byte[] Sample(float value)
    {
        var bytes = new byte[8];
        switch (Bits, IsFloat)
        {
            case (32, true):
                BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
                break;
            case (64, true):
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                break;
            case (8, _):
                bytes[0] = (byte)Math.Clamp(128 + Math.Round(value * 128), 0, 255);
                break;
            default:
                var full = Math.Pow(2, Bits - 1);
                BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)Math.Clamp(Math.Round(value * full), -full, full - 1));
                break;
        }

        return bytes[..(Bits / 8)];
    }

    private static byte[] Chunk(string id, byte[] content, uint? size = null) =>
        [.. Encoding.ASCII.GetBytes(id), .. Little(size ?? (uint)content.Length), .. content, .. new byte[content.Length & 1]];

    private static byte[] Little(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static byte[] Little(ushort value) => [(byte)value, (byte)(value >> 8)];
}
