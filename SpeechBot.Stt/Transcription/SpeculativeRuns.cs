using System.Diagnostics;
using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Stt.Transcription;

/// <summary>
/// The spans of runs whose words may be thrown away. A span ends when its run ends, and is handed in once it is known what became of the
/// words. Thread safe.
/// </summary>
public sealed class SpeculativeRuns
{
    /// <summary>The words were the turn's.</summary>
    public const string Used = "used";

    /// <summary>The words begin a longer utterance.</summary>
    public const string Kept = "kept";

    /// <summary>The voice went on, or there was none: the words are void.</summary>
    public const string Dropped = "dropped";

    private readonly Lock _lock = new();
    private readonly List<Activity> _ended = [];
    private string? _fate;

    /// <summary>Takes the span of a run that has ended at <paramref name="at"/>.</summary>
    public void Ended(Activity? run, DateTimeOffset at)
    {
        if (run is null)
        {
            return;
        }

        run.SetEndTime(at.UtcDateTime);
        lock (_lock)
        {
            if (_fate is null)
            {
                _ended.Add(run);
                return;
            }
        }

        HandIn(run, _fate);
    }

    /// <summary>Says what became of the words; the first word counts.</summary>
    public void Settle(string fate)
    {
        Activity[] ended;
        lock (_lock)
        {
            _fate ??= fate;
            ended = [.. _ended];
            _ended.Clear();
        }

        foreach (var run in ended)
        {
            HandIn(run, _fate);
        }
    }

    private static void HandIn(Activity run, string fate)
    {
        // Ending a span changes the current one, which here belongs to somebody else.
        var outer = Activity.Current;
        run.SetTag(TelemetryNames.Tags.Fate, fate);
        run.Stop();
        Activity.Current = outer;
    }
}
