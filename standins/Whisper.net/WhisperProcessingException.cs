namespace Whisper.net;

/// <summary>The native library failed while it transcribed.</summary>
public class WhisperProcessingException(int errorCode) : Exception(Describe(errorCode))
{
    /// <summary>What the native call returned.</summary>
    public int ErrorCode { get; } = errorCode;

    private static string Describe(int errorCode) => errorCode switch
    {
        -2 => "The log mel spectrogram could not be computed.",
        -3 => "The language could not be detected.",
        -4 => "More decoders were asked for than there are.",
        -5 => "The audio context is larger than the model's.",
        -6 => "The encoder failed.",
        -7 => "The key-value cache could not be prepared.",
        -8 or -9 => "The decoder failed.",
        _ => $"Native whisper stopped with error code {errorCode}.",
    };
}
