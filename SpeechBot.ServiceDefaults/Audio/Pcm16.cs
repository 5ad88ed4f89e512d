using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>Between samples from -1 to 1 and 16-bit little-endian PCM, as samples or as bytes on the wire.</summary>
public static class Pcm16
{
    private const float Scale = 32768f;

    /// <summary>Rounds and clips; <paramref name="pcm"/> is at least as long as <paramref name="samples"/>.</summary>
    public static void FromFloat(ReadOnlySpan<float> samples, Span<short> pcm)
    {
        pcm = pcm[..samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            pcm[i] = (short)Math.Clamp(MathF.Round(samples[i] * Scale), short.MinValue, short.MaxValue);
        }
    }

    /// <summary>Rounds and clips; <paramref name="pcm"/> has at least two bytes a sample.</summary>
    public static void FromFloat(ReadOnlySpan<float> samples, Span<byte> pcm)
    {
        var shorts = MemoryMarshal.Cast<byte, short>(pcm[..(samples.Length * 2)]);
        FromFloat(samples, shorts);
        SwapWhereBigEndian(shorts);
    }

    /// <summary><paramref name="samples"/> is at least as long as <paramref name="pcm"/>.</summary>
    public static void ToFloat(ReadOnlySpan<short> pcm, Span<float> samples)
    {
        samples = samples[..pcm.Length];
        for (var i = 0; i < pcm.Length; i++)
        {
            samples[i] = pcm[i] / Scale;
        }
    }

    /// <summary>Reads two bytes a sample; an odd last byte is left out. <paramref name="samples"/> holds half as many at least.</summary>
    public static void ToFloat(ReadOnlySpan<byte> pcm, Span<float> samples)
    {
        if (BitConverter.IsLittleEndian)
        {
            ToFloat(MemoryMarshal.Cast<byte, short>(pcm), samples);
            return;
        }

        for (var i = 0; i < pcm.Length / 2; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(pcm[(i * 2)..]) / Scale;
        }
    }

    /// <summary>The samples as bytes, two each.</summary>
    public static byte[] ToBytes(ReadOnlySpan<float> samples)
    {
        var pcm = new byte[samples.Length * 2];
        FromFloat(samples, pcm.AsSpan());
        return pcm;
    }

    /// <summary>The bytes as samples; an odd last byte is left out.</summary>
    public static float[] ToSamples(ReadOnlySpan<byte> pcm)
    {
        var samples = new float[pcm.Length / 2];
        ToFloat(pcm, samples);
        return samples;
    }

    private static void SwapWhereBigEndian(Span<short> samples)
    {
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }
    }
}
