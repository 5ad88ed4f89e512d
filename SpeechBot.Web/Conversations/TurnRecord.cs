using System.Diagnostics;
using SpeechBot.ServiceDefaults.Telemetry;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>A turn that has ended → its span and its measurements.</summary>
internal static class TurnRecord
{
    /// <summary>The marks by their names in telemetry.</summary>
    internal static Dictionary<string, double> MarksOf(TurnTimings timings) => new (string Name, double? Ms)[]
    {
        (TelemetryNames.Marks.LastVoiced, timings.LastVoiced),
        (TelemetryNames.Marks.Transcript, timings.Transcript),
        (TelemetryNames.Marks.FirstToken, timings.FirstToken),
        (TelemetryNames.Marks.FirstClause, timings.FirstClause),
        (TelemetryNames.Marks.FirstAudio, timings.FirstAudio),
        (TelemetryNames.Marks.Released, timings.Released),
        (TelemetryNames.Marks.Heard, timings.Heard),
    }.Where(mark => mark.Ms is not null).ToDictionary(mark => mark.Name, mark => mark.Ms!.Value);

    /// <summary>The timings as the client is told them.</summary>
    internal static TurnTimingsEvent TimingsOf(Turn turn) => new(
        turn.Id, turn.TraceId, MarksOf(turn.Timings), [.. turn.Timings.Segments.Select(segment => new SegmentView(segment.Name, segment.StartMs, segment.EndMs))]);

    /// <summary>Ends the turn's span, counts it, and says in the log how it went.</summary>
    internal static void Write(TurnRun run, TimeProvider time, ILogger log)
    {
        var outer = Activity.Current;
        // From here the measurements take their exemplars, and the line in the log its trace.
        Activity.Current = run.Open.Activity;
        Measure(run);
        log.TurnEnded(run.Turn.Id, OutcomeOf(run.Turn), run.Turn.Timings.VoiceToVoice ?? 0);
        if (run.Open.Activity is { } span)
        {
            Draw(run, span, time);
        }

        if (outer is not { IsStopped: true })
        {
            Activity.Current = outer;
        }
    }

    private static void Measure(TurnRun run)
    {
        var timings = run.Turn.Timings;
        if (timings.VoiceToVoice is { } voiceToVoice && run.Turn.Failure is null)
        {
            WebTelemetry.VoiceToVoice.Record(voiceToVoice / 1000, PipelineOf(run));
        }

        if (timings.Released is { } released && run.ConfirmedAfter is { } wait)
        {
            WebTelemetry.EndOfTurnWait.Record(Math.Min(wait, released) / 1000, PipelineOf(run));
        }
    }

    private static void Draw(TurnRun run, Activity span, TimeProvider time)
    {
        var (turn, timings) = (run.Turn, run.Turn.Timings);
        var lastVoiced = time.GetUtcNow() - time.GetElapsedTime(run.LastVoiced);
        span.SetStartTime(lastVoiced.UtcDateTime);
        span.SetTag(TelemetryNames.Tags.TurnId, turn.Id);
        span.SetTag(TelemetryNames.Tags.ConversationId, run.Conversation.Id);
        span.SetTag(TelemetryNames.Tags.TurnOutcome, OutcomeOf(turn));
        span.SetTag(PipelineOf(run).Key, PipelineOf(run).Value);
        foreach (var (name, ms) in MarksOf(timings))
        {
            span.AddEvent(new ActivityEvent(name, lastVoiced.AddMilliseconds(ms)));
            span.SetTag(TelemetryNames.Tags.Mark(name), Math.Round(ms, 3));
        }

        foreach (var segment in timings.Segments)
        {
            Child(segment.Name, segment.StartMs, segment.EndMs).Hand();
        }

        if (run.ConfirmedAfter is { } confirmed)
        {
            Child(TelemetryNames.Spans.EndOfTurn, 0, confirmed).With(run.Judged).Hand();
        }

        var heardUntil = run.Playback.HeardUntil is { } at ? time.GetElapsedTime(run.LastVoiced, at).TotalMilliseconds : (double?)null;
        if (timings.VoiceToVoice is { } from && heardUntil is { } to)
        {
            var play = Child(TelemetryNames.Spans.Play, from, Math.Max(from, to));
            play?.SetTag(TelemetryNames.Tags.AudioSeconds, timings.Played / 1000);
            play.Hand();
        }

        if (turn.Failure is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, turn.Failure);
        }

        span.SetEndTime((heardUntil is { } end && turn.Failure is null ? lastVoiced.AddMilliseconds(Math.Max(end, timings.VoiceToVoice ?? 0)) : time.GetUtcNow()).UtcDateTime);
        span.Stop();

        Activity? Child(string name, double fromMs, double toMs)
        {
            var child = WebTelemetry.Source.StartActivity(name, ActivityKind.Internal, span.Context, startTime: lastVoiced.AddMilliseconds(fromMs));
            child?.SetEndTime(lastVoiced.AddMilliseconds(toMs).UtcDateTime);
            return child;
        }
    }

    private static void Hand(this Activity? child) => child?.Stop();

    private static Activity? With(this Activity? span, EndOfTurnJudgement? judged)
    {
        span?.SetTag(TelemetryNames.Tags.Finished, judged?.Probability);
        span?.SetTag(TelemetryNames.Tags.Asks, judged?.Asks);
        span?.SetTag(TelemetryNames.Tags.AskMilliseconds, judged?.AskMs);
        return span;
    }

    private static string OutcomeOf(Turn turn) => turn.State.ToString().ToLowerInvariant();

    private static KeyValuePair<string, object?> PipelineOf(TurnRun run) => new(TelemetryNames.Tags.Pipeline, run.Settings.Pipeline.ToString().ToLowerInvariant());
}
