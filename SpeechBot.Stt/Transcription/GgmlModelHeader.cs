using System.Buffers.Binary;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Stt.Transcription;

/// <summary>What a ggml Whisper file says about itself in its first bytes: a magic number, then counts as 32-bit little-endian integers.</summary>
/// <param name="IsMultilingual">False for English-only models.</param>
public sealed record GgmlModelHeader(bool IsMultilingual)
{
    private const uint Magic = 0x67676d6c;

    // English-only models have 51864 tokens, multilingual ones one or two more.
    private const int FirstMultilingualVocabulary = 51865;

    /// <summary>Reads the header.</summary>
    /// <exception cref="ModelLoadException">The file is something else.</exception>
    public static GgmlModelHeader Read(string path)
    {
        Span<byte> bytes = stackalloc byte[8];
        using var file = File.OpenRead(path);
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new ModelLoadException($"'{path}' is not a ggml Whisper model. Set Stt:ModelPath to a file such as ggml-small-q8_0.bin; docs/models.md lists what works.", path);
        }

        return new GgmlModelHeader(BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) >= FirstMultilingualVocabulary);
    }
}
