using System.Buffers.Binary;

namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>Samples in, 16-bit PCM WAV out.</summary>
public static class WavWriter
{
    /// <summary>Bytes before the first sample.</summary>
    public const int HeaderBytes = 44;

    /// <summary>The whole file, one channel, 16 bits a sample.</summary>
    public static byte[] ToBytes(AudioClip clip)
    {
        var bytes = new byte[HeaderBytes + (clip.Samples.Length * 2)];
        Header(clip.SampleRate, 1, clip.Samples.Length * 2L).CopyTo(bytes, 0);
        Pcm16.FromFloat(clip.Samples, bytes.AsSpan(HeaderBytes));
        return bytes;
    }

    /// <summary>The 44 bytes in front of 16-bit PCM samples.</summary>
    /// <param name="sampleRate">Samples per second and channel.</param>
    /// <param name="channels">Channels, interleaved in the data.</param>
    /// <param name="dataBytes">Bytes of sample data that follow, or null when that is not known yet (a stream): players then read to the end.</param>
    public static byte[] Header(int sampleRate, int channels, long? dataBytes)
    {
        var header = new byte[HeaderBytes];
        var span = header.AsSpan();
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Size(dataBytes + HeaderBytes - 8));
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(span[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(span[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], sampleRate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(span[32..], (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(span[34..], 16);
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[40..], Size(dataBytes));
        return header;
    }

    private static uint Size(long? bytes) => bytes is null ? uint.MaxValue : (uint)Math.Min(bytes.Value, uint.MaxValue);
}
