namespace Whisper.net;

/// <summary>A piece of transcribed audio: its words, where they are, and how sure the model was.</summary>
public class SegmentData(
    string text,
    TimeSpan start,
    TimeSpan end,
    float minProbability,
    float maxProbability,
    float probability,
    float noSpeechProbability,
    string language,
    WhisperToken[] tokens)
{
    /// <summary>The words, with the space in front that the model writes.</summary>
    public string Text { get; } = text;

    /// <summary>Where the segment starts in the audio.</summary>
    public TimeSpan Start { get; } = start;

    /// <summary>Where the segment ends in the audio.</summary>
    public TimeSpan End { get; } = end;

    /// <summary>The lowest token probability, 0 to 1; 0 unless the processor was built with probabilities.</summary>
    public float MinProbability { get; } = minProbability;

    /// <summary>The highest token probability, 0 to 1; 0 unless the processor was built with probabilities.</summary>
    public float MaxProbability { get; } = maxProbability;

    /// <summary>The mean token probability, 0 to 1; 0 unless the processor was built with probabilities.</summary>
    public float Probability { get; } = probability;

    /// <summary>How likely the segment holds no speech, 0 to 1.</summary>
    public float NoSpeechProbability { get; } = noSpeechProbability;

    /// <summary>The two-letter name of the language.</summary>
    public string Language { get; } = language;

    /// <summary>The tokens, special ones included.</summary>
    public WhisperToken[] Tokens { get; } = tokens;
}
