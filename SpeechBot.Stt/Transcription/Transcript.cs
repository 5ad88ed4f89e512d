namespace SpeechBot.Stt.Transcription;

/// <summary>What was said.</summary>
/// <param name="Text">All words, without space around them; empty when nothing was said.</param>
/// <param name="Language">The spoken language, two letters.</param>
/// <param name="Duration">The audio's length.</param>
/// <param name="Segments">The pieces, in order.</param>
public sealed record Transcript(string Text, string Language, TimeSpan Duration, IReadOnlyList<TranscriptSegment> Segments)
{
    /// <summary>Puts pieces together.</summary>
    public static Transcript Of(TranscriptionRequest request, IReadOnlyList<TranscriptSegment> segments) => new(
        string.Join(' ', segments.Select(segment => segment.Text)),
        segments.Count > 0 ? segments[0].Language : request.Language ?? "en",
        request.Duration,
        segments);
}

/// <summary>A piece of a transcript.</summary>
/// <param name="Text">Its words, without space around them.</param>
/// <param name="Start">Where it starts, from the beginning of the audio.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Language">The spoken language, two letters.</param>
public sealed record TranscriptSegment(string Text, TimeSpan Start, TimeSpan End, string Language)
{
    /// <summary>The model's token ids, timestamps included.</summary>
    public IReadOnlyList<int> Tokens { get; init; } = [];

    /// <summary>The mean natural logarithm of the tokens' probabilities.</summary>
    public double AverageLogProbability { get; init; }

    /// <summary>How likely there is no speech, 0 to 1.</summary>
    public double NoSpeechProbability { get; init; }

    /// <summary>The words and their times, where they were asked for.</summary>
    public IReadOnlyList<TranscriptWord> Words { get; init; } = [];
}

/// <summary>A word and when it was said.</summary>
/// <param name="Text">The word with its punctuation.</param>
/// <param name="Start">Its start, from the beginning of the audio.</param>
/// <param name="End">Its end.</param>
public sealed record TranscriptWord(string Text, TimeSpan Start, TimeSpan End);
