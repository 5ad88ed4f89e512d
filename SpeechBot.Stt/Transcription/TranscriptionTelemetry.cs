using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Stt.Transcription;

/// <summary>The spans and instruments of a transcription.</summary>
internal static class TranscriptionTelemetry
{
    public static readonly ActivitySource Source = new(TelemetryNames.SttSource);
    public static readonly Meter Meter = new(TelemetryNames.SttSource);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.SttDuration, "s", "How long one run of the speech model took, without waiting for it");

    private static readonly Histogram<double> RealTimeFactor = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.SttRealTimeFactor, "1", "Transcription time over audio time");

    private static readonly Histogram<double> QueueWait = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.QueueWait, "s", "How long a request waited for its engine");

    /// <summary>Starts the span of one run; null when nobody records.</summary>
    public static Activity? StartRun(WhisperModel model, TranscriptionRequest request)
    {
        var activity = Source.StartActivity(TelemetryNames.Spans.Transcribe, ActivityKind.Internal, request.Trace);
        activity?.SetTag(TelemetryNames.Tags.Operation, "transcription");
        activity?.SetTag(TelemetryNames.Tags.Model, model.Card.Id);
        activity?.SetTag(TelemetryNames.Tags.Accelerator, model.Accelerator);
        activity?.SetTag(TelemetryNames.Tags.AudioSeconds, request.Duration.TotalSeconds);
        activity?.SetTag(TelemetryNames.Tags.Speculative, request.Speculative is not null);
        return activity;
    }

    /// <summary>Records how long a run waited for its turn.</summary>
    public static void RecordWait(Activity? activity, TimeSpan wait)
    {
        activity?.SetTag(TelemetryNames.Tags.QueueMilliseconds, Math.Round(wait.TotalMilliseconds, 1));
        activity?.AddEvent(new(TelemetryNames.Events.TakenUp));
        QueueWait.Record(wait.TotalSeconds, new KeyValuePair<string, object?>(TelemetryNames.Tags.Operation, "transcription"));
    }

    /// <summary>Records a finished run.</summary>
    public static void RecordRun(string model, TimeSpan took, double audioSeconds)
    {
        var tag = new KeyValuePair<string, object?>(TelemetryNames.Tags.Model, model);
        Duration.Record(took.TotalSeconds, tag);
        RealTimeFactor.Record(took.TotalSeconds / audioSeconds, tag);
    }

    /// <summary>Marks a run as failed, or as one that nobody wants any more.</summary>
    public static void RecordFailure(Activity? activity, Exception exception)
    {
        var unwanted = exception is OperationCanceledException;
        activity?.SetTag(TelemetryNames.Tags.ErrorType, unwanted ? "cancelled" : exception.GetType().FullName);
        if (!unwanted)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }

    /// <summary>Ends the span of a run, or leaves that to whoever decides what becomes of its words.</summary>
    public static void EndRun(Activity? activity, TranscriptionRequest request, DateTimeOffset now)
    {
        if (request.Speculative is { } runs)
        {
            runs.Ended(activity, now);
        }
        else
        {
            activity?.Stop();
        }
    }
}
