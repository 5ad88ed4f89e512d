using System.Buffers.Binary;

namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>WAV file in, one channel of samples out.</summary>
public static class WavReader
{
    private const uint UnknownSize = uint.MaxValue;

    /// <summary>
    /// Reads 8-, 16-, 24- and 32-bit integer and 32- and 64-bit float samples of any rate, plain or WAVE_FORMAT_EXTENSIBLE, and mixes all
    /// channels into one. A data chunk that was never given its size (0 or 0xFFFFFFFF, as in a streamed file), or that says more than is
    /// there, ends with the file. A file without any sample is a clip of length zero.
    /// </summary>
    /// <param name="wav">The whole file.</param>
    /// <param name="limits">What is too much; <see cref="WavLimits.Default"/> when left out.</param>
    /// <exception cref="WavFormatException">It is no WAV file, not one of those above, or over the limits.</exception>
    public static AudioClip Read(ReadOnlyMemory<byte> wav, WavLimits? limits = null)
    {
        limits ??= WavLimits.Default;
        var bytes = wav.Span;
        if (bytes.Length > limits.MaxBytes)
        {
            throw new WavFormatException($"The file has {bytes.Length:N0} bytes; the limit is {limits.MaxBytes:N0}. Send a shorter recording.");
        }

        if (bytes.IsEmpty)
        {
            throw WavFormatException.Found("The file is empty (0 bytes).");
        }

        if (bytes.Length < 12 || !(bytes.StartsWith("RIFF"u8) || bytes.StartsWith("RF64"u8)) || !bytes[8..].StartsWith("WAVE"u8))
        {
            throw bytes.StartsWith("RIFF"u8)
                ? WavFormatException.Found(bytes.Length < 12 ? "The WAV file ends inside its header." : "This is a RIFF file without 'WAVE' in it, not sound.")
                : WavFormatException.Found(ContainerSniffer.Describe(bytes));
        }

        var (format, data) = FindChunks(bytes, limits);
        var frames = data.Length / format.BytesPerFrame;
        var duration = TimeSpan.FromSeconds((double)frames / format.SampleRate);
        if (duration > limits.MaxDuration)
        {
            throw new WavFormatException(
                $"The recording is {duration.TotalSeconds:F0} s long; the limit is {limits.MaxDuration.TotalSeconds:F0} s. Send it in parts.");
        }

        return new(WavSamples.Mix(data[..(frames * format.BytesPerFrame)], format), format.SampleRate);
    }

    private static (WavFormat Format, byte[] Data) FindChunks(ReadOnlySpan<byte> bytes, WavLimits limits)
    {
        // Only where the size of the whole is right can a data chunk of size 0 be believed.
        var honest = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == bytes.Length - 8;
        WavFormat? format = null;
        for (var at = 12; at + 8 <= bytes.Length;)
        {
            var id = bytes.Slice(at, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            var rest = bytes[(at + 8)..];
            if (id.SequenceEqual("data"u8))
            {
                if (format is null)
                {
                    throw WavFormatException.Found("The WAV file has no 'fmt ' chunk before its data, so nothing says how to read it.");
                }

                var unknown = size == UnknownSize || (size == 0 && !honest);
                return (format.Value, rest[..(unknown ? rest.Length : (int)Math.Min(size, rest.Length))].ToArray());
            }

            if (size > rest.Length)
            {
                throw WavFormatException.Found("The WAV file ends before its sound data: it is damaged or was not sent completely.");
            }

            if (id.SequenceEqual("fmt "u8))
            {
                format = WavFormat.Parse(rest[..(int)size], limits);
            }

            // A chunk of odd size is followed by one byte of padding.
            at += 8 + (int)size + (int)(size & 1);
        }

        throw WavFormatException.Found("The WAV file has no 'data' chunk: there is no sound in it.");
    }
}
