using System.Buffers.Binary;

namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>The bytes of a WAV file's data chunk in, one channel of samples from -1 to 1 out.</summary>
internal static class WavSamples
{
    /// <summary>Takes whole frames and gives the mean of each frame's channels.</summary>
    public static float[] Mix(ReadOnlySpan<byte> data, WavFormat format)
    {
        var mono = new float[data.Length / format.BytesPerFrame];
        if (format is { IsFloat: false, BytesPerSample: 2, Channels: 1 })
        {
            Pcm16.ToFloat(data, mono);
            return mono;
        }

        var at = 0;
        for (var frame = 0; frame < mono.Length; frame++)
        {
            var sum = 0f;
            for (var channel = 0; channel < format.Channels; channel++, at += format.BytesPerSample)
            {
                sum += Sample(data.Slice(at, format.BytesPerSample), format.IsFloat);
            }

            mono[frame] = sum / format.Channels;
        }

        return mono;
    }

    private static float Sample(ReadOnlySpan<byte> bytes, bool isFloat) => (isFloat, bytes.Length) switch
    {
        (true, 4) => Sane(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        (true, _) => Sane((float)BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        // Eight bits are the only width that WAV stores unsigned.
        (_, 1) => (bytes[0] - 128) / 128f,
        (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f,
        (_, 3) => ((bytes[0] << 8) | (bytes[1] << 16) | (bytes[2] << 24)) / 2147483648f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648f,
    };

    // One NaN would spread through every filter and model behind it.
    private static float Sane(float sample) => float.IsNaN(sample) ? 0 : Math.Clamp(sample, -1, 1);
}
