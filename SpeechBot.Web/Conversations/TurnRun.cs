using Microsoft.Extensions.AI;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>
/// One run of the pipeline for a turn: its marks, what it sends to the client, and how it ends. A turn whose speaker goes on after an
/// early answer gets another run.
/// </summary>
internal sealed partial class TurnRun(OpenTurn open, Conversation conversation, SessionSettings settings, Outbox outbox, TimeProvider time)
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _sync = new();
    private TaskCompletionSource _goOn = AlreadyDone();
    private bool _ended;

    internal OpenTurn Open { get; } = open;

    internal Turn Turn => Open.Turn;

    internal Conversation Conversation { get; } = conversation;

    internal SessionSettings Settings { get; } = settings;

    internal Playback Playback { get; } = new(time);

    /// <summary>How loud the answer's audio is.</summary>
    internal Loudness Loudness { get; } = new();

    /// <summary>Timestamp of the last voiced sample; the marks count from it.</summary>
    internal required long LastVoiced { get; init; }

    /// <summary>The answer's number in binary audio frames.</summary>
    internal required uint AudioNumber { get; init; }

    internal string ResponseId { get; } = "resp_" + Guid.NewGuid().ToString("N");

    internal string AnswerItemId { get; } = "item_" + Guid.NewGuid().ToString("N");

    /// <summary>Called once, when the answer starts to go out.</summary>
    internal required Action<TurnRun> Released { get; init; }

    /// <summary>Called once, when the run is over.</summary>
    internal required Action<TurnRun> Ended { get; init; }

    /// <summary>Tokens that the brain counted.</summary>
    internal UsageDetails? Usage { get; set; }

    /// <summary>An old answer is spoken again: nothing of it is new to the conversation.</summary>
    internal bool IsReplay { get; init; }

    /// <summary>The person went on speaking: nothing of this answer stays.</summary>
    internal bool IsWithdrawn { get; private set; }

    /// <summary>When the run was over; null before.</summary>
    internal long? EndedAt { get; private set; }

    /// <summary>Nothing more will happen in this run.</summary>
    internal bool HasEnded { get { lock (_sync) { return _ended; } } }

    internal bool IsConfirmed => _confirmed.Task.IsCompletedSuccessfully;

    /// <summary>The answer has been given to the client, at least in part.</summary>
    internal bool IsReleased => Turn.Timings.Released is not null;

    internal CancellationToken Cancelled => _cancel.Token;

    /// <summary>Answers can be heard; without a client they are only written.</summary>
    internal bool CanBeHeard => outbox.Connected;

    /// <summary>Completes when it is certain that the turn is over and is to be answered.</summary>
    internal Task ConfirmedAsync() => _confirmed.Task.WaitAsync(Cancelled);

    internal void Confirm()
    {
        // Before the answer may go out: it does so on another thread, and perhaps at once.
        ConfirmedAfter ??= Now;
        _confirmed.TrySetResult();
    }

    /// <summary>Milliseconds from the last voiced sample to the certainty that the turn is over; null while that is open.</summary>
    internal double? ConfirmedAfter { get; private set; }

    /// <summary>Why the ears took the turn for over; null where a person said so.</summary>
    internal EndOfTurnJudgement? Judged { get; set; }

    /// <summary>Completes when nobody speaks over the answer.</summary>
    internal Task MayGoOnAsync() => _goOn.Task.WaitAsync(Cancelled);

    /// <summary>Somebody speaks: the answer is silent, and stays where it is.</summary>
    internal void Hold()
    {
        lock (_sync)
        {
            if (_ended || IsHeld)
            {
                return;
            }

            _goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (IsReleased)
        {
            Playback.Hold(true);
            outbox.Send(new AudioDuck(AnswerItemId));
        }
    }

    /// <summary>It was nothing: the answer goes on from where it was.</summary>
    internal void GoOn()
    {
        if (IsHeld && !HasEnded)
        {
            if (IsReleased)
            {
                Playback.Hold(false);
                outbox.Send(new AudioResume(AnswerItemId));
            }

            _goOn.TrySetResult();
        }
    }

    /// <summary>Somebody speaks over the answer, and it is not clear yet what that means.</summary>
    internal bool IsHeld => !_goOn.Task.IsCompleted;

    /// <summary>Milliseconds since the last voiced sample.</summary>
    internal double Now => time.GetElapsedTime(LastVoiced).TotalMilliseconds;

    internal void Mark(TurnMark mark) => Mark(mark, Now);

    internal void Mark(TurnMark mark, double ms)
    {
        lock (_sync)
        {
            Turn.Timings = Turn.Timings.With(mark, ms);
        }
    }

    internal void Understood(string text)
    {
        Turn.UserText = text;
        Mark(TurnMark.Transcript);
        Shown();
    }

    /// <summary>Ends the run; the first ending counts. An interrupted client is told to be silent.</summary>
    internal void End(TurnState state, string? failure = null)
    {
        lock (_sync)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            EndedAt = time.GetTimestamp();
            Turn.State = state;
            Turn.Failure = failure ?? Turn.Failure;
        }

        KeepWhatWasHeard();
        if (state == TurnState.Interrupted && IsReleased)
        {
            outbox.Send(new OutputAudioCleared(AnswerItemId));
        }

        SendDone(
            state == TurnState.Interrupted ? "cancelled" : "failed",
            state == TurnState.Interrupted ? new StatusDetails("cancelled", "turn_detected") : new StatusDetails("failed", null, new ErrorView("server_error", null, Turn.Failure ?? "")));
        _cancel.Cancel();
        Ended(this);
    }

    /// <summary>Takes the answer back, because the person went on speaking.</summary>
    internal void Withdraw()
    {
        IsWithdrawn = true;
        var released = IsReleased;
        End(TurnState.Interrupted);
        if (released)
        {
            outbox.Send(new ItemDeleted(AnswerItemId));
        }
    }

    /// <summary>Brings the turn's heard text up to the last reported position.</summary>
    internal void KeepWhatWasHeard()
    {
        if (IsReplay || Turn.State is not (TurnState.Done or TurnState.Interrupted or TurnState.Failed))
        {
            return;
        }

        var silent = Turn.Clauses.Count == 0;
        var whole = Turn.State != TurnState.Interrupted;
        Turn.HeardText = silent || whole ? (silent && !whole ? "" : Turn.BotText) : Playback.HeardText();
        Turn.Timings = Turn.Timings with { Played = silent ? null : Playback.PlayedMs };
    }

    internal void Shown() => Conversation.NotifyChanged();

    private static TaskCompletionSource AlreadyDone()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
