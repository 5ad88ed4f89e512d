using System.Text;

namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>Names what a file really is by its first bytes, for the error that refuses it.</summary>
internal static class ContainerSniffer
{
    private static readonly (int Offset, byte[] Magic, string Name)[] Known =
    [
        (0, "OggS"u8.ToArray(), "an Ogg file"),
        (0, "fLaC"u8.ToArray(), "a FLAC file"),
        (0, "ID3"u8.ToArray(), "an MP3 file"),
        (0, "FORM"u8.ToArray(), "an AIFF file"),
        (0, "caff"u8.ToArray(), "a Core Audio file"),
        (0, "#!AMR"u8.ToArray(), "an AMR file"),
        (0, "RIFX"u8.ToArray(), "a big-endian WAV file"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "a WebM or Matroska file"),
        (0, [0x50, 0x4B, 0x03, 0x04], "a ZIP file"),
        (4, "ftyp"u8.ToArray(), "an MP4 or M4A file"),
    ];

    /// <summary>A sentence such as <c>This is not a WAV file: it starts with 'OggS', an Ogg file.</c></summary>
    public static string Describe(ReadOnlySpan<byte> bytes)
    {
        var start = Printable(bytes[..Math.Min(4, bytes.Length)]);
        foreach (var (offset, magic, name) in Known)
        {
            if (bytes.Length >= offset + magic.Length && bytes.Slice(offset, magic.Length).SequenceEqual(magic))
            {
                return $"This is not a WAV file: it starts with '{(offset == 0 ? start : Printable(magic))}', {name}.";
            }
        }

        // An MPEG frame starts with eleven set bits and carries a layer that is not 'reserved'.
        if (bytes.Length >= 2 && bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0 && (bytes[1] & 0x06) != 0)
        {
            return "This is not a WAV file: it starts with an MPEG frame, an MP3 file.";
        }

        return LooksLikeText(bytes)
            ? $"This is not a WAV file: it starts with '{start}' and looks like text."
            : $"This is not a WAV file: it starts with '{start}' instead of 'RIFF'.";
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes[..Math.Min(64, bytes.Length)])
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            if (b is >= 0x20 and < 0x7F)
            {
                text.Append((char)b);
            }
            else
            {
                text.Append($"\\x{b:X2}");
            }
        }

        return text.ToString();
    }
}
