using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Tts.Speech;

/// <summary>The spans and instruments of speaking.</summary>
internal static class SpeechTelemetry
{
    private const string Operation = "speech";

    private static readonly ActivitySource Source = new(TelemetryNames.TtsSource);
    private static readonly Meter Meter = new(TelemetryNames.TtsSource);

    private static readonly Histogram<double> TimeToFirstAudio = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.TimeToFirstAudio, "s", "From the request to its first audio, waiting included");

    private static readonly Histogram<double> RealTimeFactor = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.TtsRealTimeFactor, "1", "Synthesis time over audio time, of one clause");

    private static readonly Histogram<double> QueueWait = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.QueueWait, "s", "How long a request waited for its engine");

    /// <summary>Shows how many clauses wait.</summary>
    public static void ShowQueue(Func<int> waiting) =>
        Meter.CreateObservableGauge(TelemetryNames.Instruments.QueueLength, waiting, "{request}", "Clauses that wait for the voice");

    /// <summary>Starts the span of one clause; null when nobody records.</summary>
    public static Activity? StartClause(SpeechClause clause, VoiceDescription voice, string accelerator)
    {
        var activity = Source.StartActivity(TelemetryNames.Spans.Synthesize);
        activity?.SetTag(TelemetryNames.Tags.Operation, Operation);
        activity?.SetTag(TelemetryNames.Tags.Model, voice.Id);
        activity?.SetTag(TelemetryNames.Tags.Accelerator, accelerator);
        activity?.SetTag(TelemetryNames.Tags.ClauseIndex, clause.Index);
        activity?.SetTag(TelemetryNames.Tags.Characters, clause.Text.Length);
        return activity;
    }

    /// <summary>Records how long a clause waited for its turn.</summary>
    public static void RecordWait(Activity? activity, TimeSpan wait)
    {
        activity?.SetTag(TelemetryNames.Tags.QueueMilliseconds, Math.Round(wait.TotalMilliseconds, 1));
        activity?.AddEvent(new(TelemetryNames.Events.TakenUp));
        QueueWait.Record(wait.TotalSeconds, new KeyValuePair<string, object?>(TelemetryNames.Tags.Operation, Operation));
    }

    /// <summary>Marks when the clause's first piece was made.</summary>
    public static void MarkFirstAudio(Activity? activity) => activity?.AddEvent(new(TelemetryNames.Events.FirstAudio));

    /// <summary>Records a finished clause.</summary>
    public static void RecordClause(Activity? activity, VoiceDescription voice, TimeSpan took, TimeSpan audio)
    {
        activity?.SetTag(TelemetryNames.Tags.AudioSeconds, audio.TotalSeconds);
        if (audio > TimeSpan.Zero)
        {
            RealTimeFactor.Record(took / audio, Tag(voice));
        }
    }

    /// <summary>Records the first sound of an answer.</summary>
    public static void RecordFirstAudio(VoiceDescription voice, TimeSpan took) => TimeToFirstAudio.Record(took.TotalSeconds, Tag(voice));

    /// <summary>Marks a clause as failed, or as one that nobody wants to hear any more.</summary>
    public static void RecordFailure(Activity? activity, Exception exception)
    {
        var unwanted = exception is OperationCanceledException;
        activity?.SetTag(TelemetryNames.Tags.ErrorType, unwanted ? "cancelled" : exception.GetType().FullName);
        if (!unwanted)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }

    private static KeyValuePair<string, object?> Tag(VoiceDescription voice) => new(TelemetryNames.Tags.Model, voice.Id);
}
