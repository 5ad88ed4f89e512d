using System.Buffers.Binary;

namespace SpeechBot.Web.Realtime;

/// <summary>Audio as a binary frame: 8 bytes that say which answer and where in it, then PCM16.</summary>
internal static class AudioFrame
{
    internal const int HeaderBytes = 8;

    /// <summary>Writes a frame into <paramref name="buffer"/> and returns the part that it takes.</summary>
    internal static ReadOnlyMemory<byte> Write(OutputAudioDelta audio, byte[] buffer)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, audio.Number);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(4), audio.Position);
        audio.Delta.CopyTo(buffer.AsMemory(HeaderBytes));
        return buffer.AsMemory(0, HeaderBytes + audio.Delta.Length);
    }
}
