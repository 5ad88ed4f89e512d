using System.Diagnostics;

namespace SpeechBot.Stt.Transcription;

/// <summary>What to transcribe, and how.</summary>
/// <param name="Samples">16 kHz mono, -1 to 1.</param>
public sealed record TranscriptionRequest(ReadOnlyMemory<float> Samples)
{
    /// <summary>The sample rate that the model takes.</summary>
    public const int SampleRate = 16_000;

    /// <summary>The spoken language, two letters or <c>auto</c>; null for the configured one.</summary>
    public string? Language { get; init; }

    /// <summary>Text in whose style and spelling the transcript continues.</summary>
    public string? Prompt { get; init; }

    /// <summary>Sampling temperature, 0 to 1; 0 is greedy.</summary>
    public float Temperature { get; init; }

    /// <summary>
    /// True to get the model's own segments and their times, for subtitles. The whole window is encoded then, which costs several times
    /// as much for short audio.
    /// </summary>
    public bool Segments { get; init; }

    /// <summary>True to get the time of every word. Implies the cost of <see cref="Segments"/>.</summary>
    public bool Words { get; init; }

    /// <summary>True for a person who is talking right now: goes before uploaded files.</summary>
    public bool Live { get; init; }

    /// <summary>Set for work that may be thrown away, because the speaker may go on: it takes the spans of the runs. Only for telemetry.</summary>
    public SpeculativeRuns? Speculative { get; init; }

    /// <summary>Threads to use; null for the configured number.</summary>
    public int? Threads { get; init; }

    /// <summary>What the run's span hangs under; the current activity where it is left out.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>The audio's length.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}
