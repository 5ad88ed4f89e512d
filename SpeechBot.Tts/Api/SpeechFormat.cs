namespace SpeechBot.Tts.Api;

/// <summary>How samples go over the wire.</summary>
internal enum SpeechFormat
{
    /// <summary>A WAV file of 16-bit samples; its length is left open, since it is sent while it is made.</summary>
    Wav,

    /// <summary>16-bit little-endian samples and nothing else.</summary>
    Pcm,
}
