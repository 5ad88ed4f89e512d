namespace SpeechBot.Stt.Transcription;

/// <summary>
/// How much of Whisper's 30 s window a piece of audio needs. Whisper pads everything to 30 s and encodes all of it; cutting the encoder
/// to the audio's length makes a short question several times faster. The figures behind the constants stand in docs/latency.md.
/// </summary>
public static class EncoderWindow
{
    /// <summary>The whole window: 1500 positions of 20 ms.</summary>
    public const int Full = 1500;

    /// <summary>The longest audio that goes through the model in one run, in samples at 16 kHz (28 s).</summary>
    public const int MaxSamples = 28 * TranscriptionRequest.SampleRate;

    // With less than 3.8 s of context the decoder loops and mishears more than the encoder saves (7 of 48 short questions were wrong at
    // 3.2 s and none at 3.8); the second behind the audio lets it find the end.
    private const int Floor = 192;
    private const int PositionsPerSecond = 50;
    private const int Multiple = 32;
    private const double TailSeconds = 1;

    /// <summary>The encoder's size for this many samples at 16 kHz.</summary>
    public static int SizeFor(int samples)
    {
        var positions = (int)Math.Ceiling((((double)samples / TranscriptionRequest.SampleRate) + TailSeconds) * PositionsPerSecond);
        return Math.Clamp((positions + Multiple - 1) / Multiple * Multiple, Floor, Full);
    }

    /// <summary>The most tokens that speech of this many samples can hold: 8 a second, which nobody reaches, and a few for timestamps.</summary>
    public static int TokenLimitFor(int samples) => (samples / 2000) + 12;
}
