using System.Diagnostics;
using System.Security.Cryptography;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>The turns of a session: how one begins, is answered, and ends.</summary>
public sealed partial class VoiceSession
{
    private TurnRun? _run;
    private TurnRun? _last;
    private OpenTurn? _open;
    private uint _audioNumber;

    /// <summary>Adds a typed message to what is to be answered.</summary>
    internal void Said(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text.Length > MaxText)
        {
            throw new ArgumentException($"The message has {text.Length} characters; at most {MaxText} are taken. Send it in parts.");
        }

        Said(NewItemId(), _ => Task.FromResult(text.Trim()), _services.Time.GetTimestamp(), TimeSpan.Zero);
    }

    /// <summary>Answers what was said. Without anything said, the last message is all there is to go by: an error.</summary>
    internal void Answer()
    {
        OpenTurn? open;
        TurnRun? run;
        lock (_sync)
        {
            (open, run, _open) = (_open, _run, null);
        }

        if (open is null || run is null)
        {
            throw new OpenAiException("There is nothing to answer: commit audio or create an item first.", code: "response_create_empty");
        }

        Confirm(run);
    }

    /// <summary>Adds something said to the open turn, or to a new one, and starts to work on its answer.</summary>
    private void Said(string itemId, Func<CancellationToken, Task<string>> transcribe, long lastVoiced, TimeSpan spoken)
    {
        var before = CurrentRun();

        // An answer that is being given ends here; what nobody asked to answer yet is answered together with this.
        if (before is { IsConfirmed: true })
        {
            Interrupt();
        }
        else
        {
            before?.Withdraw();
        }

        var outer = Activity.Current;
        var open = Open();
        Activity.Current = open.Activity;
        var cancel = new CancellationTokenSource();
        open.Add(new Utterance(itemId, transcribe(cancel.Token), spoken, cancel), itemId);
        Start(NewRun(open, lastVoiced));
        Activity.Current = outer;
    }

    private TurnRun? CurrentRun()
    {
        lock (_sync)
        {
            return _run;
        }
    }

    /// <summary>The turn that is being spoken: the open one, or a new one.</summary>
    private OpenTurn Open()
    {
        lock (_sync)
        {
            if (_open is null)
            {
                var outer = Activity.Current;
                var activity = WebTelemetry.StartTurn();
                Activity.Current = outer;
                _open = new OpenTurn(new Turn("turn_" + NewId(), _services.Time.GetUtcNow()) { TraceId = activity?.TraceId.ToHexString() }, activity);
            }

            return _open;
        }
    }

    /// <summary>Takes an answer back, so that its turn can go on.</summary>
    private void Reopen(TurnRun run)
    {
        OpenTurn? begun;
        lock (_sync)
        {
            (begun, _open) = (_open, run.Open);
        }

        if (begun != run.Open)
        {
            begun?.Activity.Forget();
        }

        run.Withdraw();
        Save(run.Turn);
    }

    /// <summary>What began a turn was nothing. A turn that was taken back for it is answered again.</summary>
    private void Unopen()
    {
        OpenTurn? open;
        lock (_sync)
        {
            open = _open;
            _open = open is { Said.Count: > 0 } ? open : null;
        }

        if (open is { Said.Count: 0 })
        {
            open.Activity.Forget();
        }
        else if (open is not null && Conversation.Turns.Contains(open.Turn))
        {
            open.Turn.Timings = open.Turn.Timings with { LastVoiced = 0 };
            Start(NewRun(open, _services.Time.GetTimestamp()));
            Answer();
        }
    }

    private TurnRun NewRun(OpenTurn open, long lastVoiced, bool isReplay = false, SessionSettings? settings = null) => new(open, Conversation, settings ?? Settings, Outbox, _services.Time)
    {
        LastVoiced = lastVoiced,
        AudioNumber = Interlocked.Increment(ref _audioNumber),
        Released = OnReleased,
        Ended = OnEnded,
        IsReplay = isReplay,
    };

    private void Start(TurnRun run)
    {
        _ahead.Cancel();
        lock (_sync)
        {
            _run = run;
        }

        // Whoever starts it may be in the middle of something else, such as the connection's own span.
        var outer = Activity.Current;
        Activity.Current = run.Open.Activity;
        _ = Task.Run(() => _services.Pipeline.RunAsync(run));
        Activity.Current = outer;
        Publish();
    }

    private void Confirm(TurnRun run)
    {
        if (!Conversation.Turns.Contains(run.Turn))
        {
            Conversation.Add(run.Turn);
        }

        run.Turn.State = TurnState.Thinking;
        _services.Queue.Enter(run);
        run.Confirm();
        if (run.HasEnded)
        {
            // It was cancelled at this very moment, and nobody is left who would leave the queue.
            _services.Queue.Leave(run, answered: false);
        }

        Notify(null);
        Conversation.NotifyChanged();
    }

    private void Replay(Turn turn, SessionSettings? settings = null)
    {
        Interrupt();
        var again = new OpenTurn(new Turn(turn.Id, turn.StartedAt), null);
        var run = NewRun(again, _services.Time.GetTimestamp(), isReplay: true, settings);
        run.Confirm();
        lock (_sync)
        {
            _run = run;
        }

        _ = Task.Run(() => _services.Pipeline.ReplayAsync(run, turn.BotText));
        Publish();
    }

    private void OnReleased(TurnRun run)
    {
        _services.Queue.Leave(run, answered: true);
        if (!run.IsReplay)
        {
            Save(run.Turn);
        }
    }

    private void OnEnded(TurnRun run)
    {
        _services.Queue.Leave(run, answered: false);
        lock (_sync)
        {
            if (_run == run)
            {
                (_run, _last) = (null, run);
            }
        }

        if (run.IsReplay)
        {
            _notice = run.Turn.Failure;
        }
        else if (run.IsWithdrawn)
        {
            run.Open.Reopen();
        }
        else if (!run.IsConfirmed || run.Turn is { UserText: "", Failure: null })
        {
            Forget(run);
        }
        else
        {
            TurnRecord.Write(run, _services.Time, _services.Log);
            Outbox.Send(TurnRecord.TimingsOf(run.Turn));
            Save(run.Turn);
            ComputeAhead();
        }

        Conversation.NotifyChanged();
        Publish();
    }

    private void Forget(TurnRun run)
    {
        lock (_sync)
        {
            _open = _open == run.Open ? null : _open;
        }

        Conversation.Withdraw(run.Turn);
        run.Open.Activity.Forget();
        if (run is { IsConfirmed: true, Turn.Failure: null })
        {
            _notice = "I did not hear any words. Speak a little closer to the microphone, or type.";
        }
    }

    private static string NewItemId() => "item_" + NewId();

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}
