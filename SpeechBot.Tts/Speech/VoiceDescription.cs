namespace SpeechBot.Tts.Speech;

/// <summary>A voice that can be asked for.</summary>
/// <param name="Id">The name to put into <c>voice</c>.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Language">Language and region, such as <c>en-US</c>.</param>
/// <param name="SampleRate">Samples a second that the voice makes; answers are resampled.</param>
public sealed record VoiceDescription(string Id, string Name, string Language, int SampleRate)
{
    /// <summary>male or female, where that is known.</summary>
    public string? Gender { get; init; }

    /// <summary>The licence of the voice's data set as its card has it, or null.</summary>
    public string? Licence { get; init; }

    /// <summary>What the card says of how the voice was made, or null: a voice trained from another inherits that one's terms.</summary>
    public string? Origin { get; init; }

    /// <summary>The speaker's number in a voice of several, else null.</summary>
    public int? Speaker { get; init; }
}
