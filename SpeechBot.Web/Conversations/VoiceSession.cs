using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>
/// One talk of one page or API client. A page renders it in process and re-renders on <see cref="Changed"/>; its audio goes over
/// the realtime connection that names <see cref="Id"/>. Thread safe.
/// </summary>
public sealed partial class VoiceSession : IAsyncDisposable
{
    /// <summary>The longest typed message, in characters.</summary>
    public const int MaxText = 4000;

    private const string NoLoudspeaker = "The loudspeaker is not connected yet. Try again in a moment.";

    private readonly Lock _sync = new();
    private readonly TalkServices _services;
    private readonly Action<VoiceSession> _closed;
    private TurnState _shownState;
    private string? _notice;
    private bool _disposed;

    internal VoiceSession(string id, string owner, Conversation conversation, SessionSettings settings, TalkServices services, Action<VoiceSession> closed)
    {
        (Id, Owner, Conversation, Settings, _services, _closed) = (id, owner, conversation, settings, services, closed);
        _opened = services.Time.GetTimestamp();
        _microphone = new AudioClock(services.Time);
        conversation.Changed += Publish;
        services.History.SavingChanged += Publish;
        WebTelemetry.ActiveConversations.Add(1);
    }

    /// <summary>Unguessable; whoever knows it may attach to the session.</summary>
    public string Id { get; }

    /// <summary>Whose talk it is: an API key's name, or "local".</summary>
    public string Owner { get; }

    /// <summary>What has been said so far.</summary>
    public Conversation Conversation { get; }

    /// <summary>Where the live turn stands, <see cref="TurnState.Idle"/> when there is none.</summary>
    public TurnState State
    {
        get
        {
            lock (_sync)
            {
                return _run switch
                {
                    { IsConfirmed: true, IsHeld: false } => _run.IsReleased ? TurnState.Speaking : TurnState.Thinking,
                    _ when IsVoiceThere => TurnState.Listening,
                    null => TurnState.Idle,
                    _ => TurnState.Deciding,
                };
            }
        }
    }

    /// <summary>What was said hands free is being answered, and nothing of the answer can be heard yet: who only talks expects a sound, not a picture.</summary>
    internal bool AnswersHandsFree =>
        Settings.TurnMode == TurnMode.HandsFree && State is TurnState.Deciding or TurnState.Thinking && CurrentRun()?.Turn.Timings.Spoken > 0;

    /// <summary>While the person waits for an answer: how many wait before them, and how long it may still take.</summary>
    public (int Ahead, TimeSpan About)? Place => CurrentRun() is { } run ? _services.Queue.PlaceOf(run) : null;

    /// <summary>What the person has set; changed by <see cref="UpdateAsync"/>.</summary>
    public SessionSettings Settings { get; private set; }

    /// <summary>The words that are being spoken, as far as they are understood; empty when nobody speaks.</summary>
    public string LiveTranscript { get; private set; } = "";

    /// <summary>In plain words, what is wrong or what is happening; null when there is nothing to say.</summary>
    public string? Notice => _notice ?? (_services.History.Saving ? null : "The memory is away: this talk is not being saved. It will be when the memory is back.");

    /// <summary>A realtime connection is attached, so that answers can be heard.</summary>
    public bool Connected => Outbox.Connected;

    /// <summary>When anything last happened here.</summary>
    internal long LastUsed { get; private set; }

    internal Outbox Outbox { get; } = new();

    /// <summary>Raised on any thread after anything that is shown changed.</summary>
    public event Action? Changed;

    /// <summary>Says something by typing it; an answer that is being spoken is interrupted. Completes when the turn has begun.</summary>
    /// <exception cref="ArgumentException">The text is empty or too long; the message says so in words for the person.</exception>
    public Task SayAsync(string text)
    {
        Said(text);
        Answer();
        return Task.CompletedTask;
    }

    /// <summary>Stops the answer; only what was heard of it is remembered.</summary>
    public void Interrupt()
    {
        var run = CurrentRun();
        run?.Open.Abandon();
        run?.End(TurnState.Interrupted);
    }

    /// <summary>Changes the settings, from the next turn on.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says so in words for the person.</exception>
    public Task UpdateAsync(SessionSettings settings)
    {
        settings.Validate();
        var before = Settings;
        Settings = settings;
        (Conversation.SystemPrompt, Conversation.Voice) = (settings.SystemPrompt, settings.Voice);
        if (before.SystemPrompt != settings.SystemPrompt)
        {
            ComputeAhead();
        }

        Listen();
        Outbox.Send(new SessionUpdated(SessionView.Of(this, BinaryAudio)));
        Publish();
        return Task.CompletedTask;
    }

    /// <summary>Speaks the answer of an earlier turn again, without adding to the conversation. Completes when the audio has begun to be made.</summary>
    public Task ReplayAsync(Turn turn)
    {
        if (!Connected)
        {
            Notify(NoLoudspeaker);
        }
        else if (turn.BotText.Length > 0)
        {
            Replay(turn);
        }

        return Task.CompletedTask;
    }

    /// <summary>Lets a voice introduce itself, without adding to the conversation. Completes when the audio has begun to be made.</summary>
    public Task PreviewAsync(VoiceInfo voice)
    {
        if (!Connected)
        {
            Notify(NoLoudspeaker);
        }
        else
        {
            var sample = new Turn("preview", _services.Time.GetUtcNow()) { BotText = $"Hello, this is {voice.Name}. I am looking forward to our talk." };
            Replay(sample, Settings with { Voice = voice.Id });
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends the talk on this page; the conversation stays in the history.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_sync)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        Interrupt();
        await StopComputingAheadAsync();
        Listen();
        Conversation.Changed -= Publish;
        _services.History.SavingChanged -= Publish;
        Outbox.Attach().Writer.Complete();
        WebTelemetry.ActiveConversations.Add(-1);
        _closed(this);
    }

    /// <summary>Shows a sentence to the person; null takes it away.</summary>
    internal void Notify(string? notice)
    {
        _notice = notice;
        Publish();
    }

    private void Publish()
    {
        LastUsed = _services.Time.GetTimestamp();
        var state = State;
        if (_shownState != state)
        {
            _shownState = state;
            Outbox.Send(new StateChanged(state.ToString().ToLowerInvariant(), Notice));
        }

        Changed?.Invoke();
    }
}
