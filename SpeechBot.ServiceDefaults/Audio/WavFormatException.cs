namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>Bytes that should be a WAV file are not one that can be read. The message says what was found and what is accepted.</summary>
public sealed class WavFormatException(string message) : Exception(message)
{
    internal const string Accepted =
        "Send a WAV file with PCM samples (8, 16, 24 or 32 bits, or 32- or 64-bit float), any sampling rate and number of channels.";

    internal static WavFormatException Found(string what) => new($"{what} {Accepted}");
}
