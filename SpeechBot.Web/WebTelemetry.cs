using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Web;

/// <summary>The spans and instruments of the conversation.</summary>
internal static class WebTelemetry
{
    internal static readonly ActivitySource Source = new(TelemetryNames.WebSource);
    internal static readonly Meter Meter = new(TelemetryNames.WebSource);

    internal static readonly Histogram<double> VoiceToVoice = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.VoiceToVoice, "s", "Last voiced sample of the person to the first audible sample of the answer");

    internal static readonly Histogram<double> EndOfTurnWait = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.EndOfTurnWait, "s", "Last voiced sample to the decision that the turn is over");

    private static readonly Histogram<double> BargeIn = Meter.CreateHistogram<double>(
        TelemetryNames.Instruments.BargeInDuration, "s", "Onset of a voice over an answer to the end of that answer");

    internal static readonly UpDownCounter<int> ActiveConversations = Meter.CreateUpDownCounter<int>(
        TelemetryNames.Instruments.ActiveConversations, "{conversation}", "Sessions that are open");

    /// <summary>Starts the span of a turn as the root of its own trace: a WebSocket's span lasts as long as the talk.</summary>
    internal static Activity? StartTurn()
    {
        Activity.Current = null;
        return Source.StartActivity(TelemetryNames.Spans.VoiceTurn);
    }

    /// <summary>Notes in the turn's span that the person spoke over its answer, which now ends.</summary>
    internal static void RecordBargeIn(Activity? turn, bool goesOn, DateTimeOffset now, TimeSpan sinceOnset)
    {
        var outer = Activity.Current;
        Activity.Current = turn;
        BargeIn.Record(sinceOnset.TotalSeconds);
        Activity.Current = outer;
        turn?.AddEvent(new ActivityEvent(
            goesOn ? TelemetryNames.Events.Withdrawn : TelemetryNames.Events.BargeIn,
            now - sinceOnset,
            new ActivityTagsCollection { [TelemetryNames.Tags.BargeInMilliseconds] = Math.Round(sinceOnset.TotalMilliseconds, 1) }));
    }

    /// <summary>Throws a span away that turned out to be none.</summary>
    internal static void Forget(this Activity? activity)
    {
        if (activity is not null)
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            activity.Stop();
        }
    }
}
