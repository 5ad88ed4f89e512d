using System.Buffers.Binary;

namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>What a WAV file's 'fmt ' chunk says: how its samples are stored.</summary>
internal readonly record struct WavFormat(bool IsFloat, int Channels, int SampleRate, int BytesPerSample)
{
    private const int Pcm = 1;
    private const int IeeeFloat = 3;
    private const int Extensible = 0xFFFE;

    public int BytesPerFrame => Channels * BytesPerSample;

    /// <exception cref="WavFormatException">The samples are stored in a way that is not read here.</exception>
    public static WavFormat Parse(ReadOnlySpan<byte> chunk, WavLimits limits)
    {
        if (chunk.Length < 16)
        {
            throw WavFormatException.Found($"The WAV file's 'fmt ' chunk has {chunk.Length} bytes instead of at least 16: the file is damaged.");
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int blockAlign = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == Extensible && chunk.Length >= 26)
        {
            // The real tag is the start of the sub-format's GUID.
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        if (tag is not (Pcm or IeeeFloat))
        {
            throw WavFormatException.Found($"The WAV file's samples are stored as {NameOf(tag)}.");
        }

        if (channels < 1 || channels > limits.MaxChannels)
        {
            throw WavFormatException.Found($"The WAV file says that it has {channels} channels; 1 to {limits.MaxChannels} can be read.");
        }

        if (rate < limits.MinSampleRate || rate > limits.MaxSampleRate)
        {
            throw new WavFormatException(
                $"The WAV file says that it has {rate} samples per second; {limits.MinSampleRate} to {limits.MaxSampleRate} can be read.");
        }

        var width = Width(channels, blockAlign, bits);
        var known = tag == IeeeFloat ? width is 4 or 8 : width is >= 1 and <= 4;
        return known
            ? new(tag == IeeeFloat, channels, (int)rate, width)
            : throw WavFormatException.Found($"The WAV file has {bits}-bit {(tag == IeeeFloat ? "float" : "integer")} samples.");
    }

    // Samples narrower than their container (20 bits in 3 bytes) lie at its upper end, so the container's width is what counts.
    private static int Width(int channels, int blockAlign, int bits)
    {
        var narrowest = (bits + 7) / 8;
        var container = blockAlign % channels == 0 ? blockAlign / channels : 0;
        return bits > 0 && container >= narrowest && container <= 8 ? container : narrowest;
    }

    private static string NameOf(int tag) => tag switch
    {
        2 or 0x11 => "ADPCM",
        6 => "A-law",
        7 => "mu-law",
        0x50 or 0x55 => "MP3",
        0xFF => "AAC",
        _ => $"format 0x{tag:X4}",
    };
}
