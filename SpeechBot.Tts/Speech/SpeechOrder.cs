namespace SpeechBot.Tts.Speech;

/// <summary>A checked request to speak.</summary>
/// <param name="Input">The text.</param>
/// <param name="Voice">Whose voice.</param>
/// <param name="Speed">From 0.25 to 4.</param>
/// <param name="SampleRate">Samples a second of the answer.</param>
public sealed record SpeechOrder(string Input, VoiceDescription Voice, double Speed, int SampleRate)
{
    /// <summary>Set when the text is one clause of a longer answer, which is spoken as it is.</summary>
    public SpeechClause? Clause { get; init; }
}
