using SpeechBot.Web.Clients;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>Hands free: what the ears hear, and what follows from it for the turn that is open.</summary>
public sealed partial class VoiceSession
{
    // A voice that goes on this soon after its turn was taken for finished continues the same turn.
    private static readonly TimeSpan Continuation = TimeSpan.FromSeconds(2);

    private readonly AudioClock _microphone;
    private Listening? _listening;
    private long _voiceSince;
    private bool _voice;
    private bool _voicePauses;
    private string? _settled;

    private void OnHeard(EarsEvent heard)
    {
        switch (heard)
        {
            case { Type: "input_audio_buffer.speech_started", ItemId: { } item }:
                OnVoice(item, heard.AudioStartMs ?? 0);
                break;
            case { Type: "speechbot.voice.paused" or "speechbot.voice.resumed" }:
                _voicePauses = heard.Type == "speechbot.voice.paused";
                return;
            case { Type: "speechbot.turn.candidate", ItemId: { } item, Transcript: { } words }:
                OnCandidate(item, words, heard.AudioEndMs ?? 0);
                break;
            case { Type: "speechbot.turn.confirmed", ItemId: { } item, Transcript: { } words }:
                OnConfirmed(item, words, heard.AudioEndMs ?? 0, new EndOfTurnJudgement(heard.Probability, heard.Timings?.EndOfTurnAsks, heard.Timings?.EndOfTurnMs));
                break;
            case { Type: "speechbot.turn.dropped" }:
                OnDropped(heard.ItemId, goesOn: heard.Reason == "resumed");
                break;
            case { Type: "conversation.item.input_audio_transcription.delta", ItemId: { } item, Delta: { } delta }:
                Outbox.Send(new TranscriptionDelta(item, delta));
                OnSettled(item, delta);
                break;
            case { Type: "error" or "conversation.item.input_audio_transcription.failed", Error.Message: { } message }:
                Notify(message);
                return;
        }

        Publish();
    }

    private void OnVoice(string item, double startMs)
    {
        (_voice, _voicePauses, _voiceSince, _settled) = (true, false, _microphone.When(startMs), "");
        var run = CurrentRun();
        _spokenOver = run is { IsConfirmed: true } ? run : JustSpoken();
        if (run is { IsConfirmed: true })
        {
            run.Hold();
        }

        var open = run is { IsConfirmed: true } && GoesOn(run) ? run.Open : Open();
        if (open.Activity?.Id is { } trace)
        {
            _listening?.Trace(item, trace);
        }

        Outbox.Send(new SpeechStarted(startMs, item));
    }

    private void OnCandidate(string item, string words, double endMs)
    {
        (_voice, LiveTranscript) = (false, words);
        if (IsMeant(item, words) && Settings.Pipeline == PipelineMode.Speculative)
        {
            Hear(item, words, endMs);
        }
    }

    /// <summary>Of what is being said, these words will not change: the brain may read them while the voice goes on.</summary>
    private void OnSettled(string item, string delta)
    {
        if (_settled is null)
        {
            return; // The turn is over; these are its last words.
        }

        LiveTranscript = _settled += delta;
        if (CurrentRun() is null && Settings.Pipeline == PipelineMode.Speculative)
        {
            ComputeAhead(Open().WordsSoFar(item, _settled));
        }
    }

    private void OnConfirmed(string item, string words, double endMs, EndOfTurnJudgement judged)
    {
        (_voice, LiveTranscript, _settled) = (false, "", null);
        if (item == _meaningless || !IsMeant(item, words))
        {
            Outbox.Send(new InputCleared());
            Unopen();
            return;
        }

        // What was worked out ahead is right if it is about the same words.
        if (CurrentRun() is not { IsConfirmed: false } ahead || !ahead.Open.Said.Any(said => said.ItemId == item && said.Words is { IsCompletedSuccessfully: true, Result: var known } && known == words))
        {
            Hear(item, words, endMs);
        }

        CurrentRun()?.Judged = judged;
        Outbox.Send(new SpeechStopped(endMs, item));
        Outbox.Send(new InputCommitted(item));
        Outbox.Send(new ItemAdded(new ItemView(item, "user", "completed", [new ContentView("input_audio", Transcript: words)])));
        Outbox.Send(new TranscriptionCompleted(item, words));
        Answer();
    }

    /// <summary>The pause was not the end of the turn, or the sound was not a voice.</summary>
    private void OnDropped(string? item, bool goesOn)
    {
        _voice = goesOn;
        var run = CurrentRun();
        if (run is { IsConfirmed: false })
        {
            run.Open.Remove(item);
            run.Withdraw();
        }

        if (goesOn)
        {
            // A "mhm" that goes on is something else, and as long as it does the answer is silent.
            _meaningless = null;
            if (run is { IsConfirmed: true })
            {
                _voiceSince = _services.Time.GetTimestamp();
                run.Hold();
            }

            return;
        }

        (LiveTranscript, _settled) = ("", null);
        Outbox.Send(new InputCleared());
        if (run is { IsConfirmed: true })
        {
            run.GoOn();
        }

        Unopen();
    }

    private void Hear(string item, string words, double endMs)
    {
        var lastVoiced = _microphone.When(endMs);
        Said(item, _ => Task.FromResult(words), lastVoiced, _services.Time.GetElapsedTime(_voiceSince, lastVoiced));
    }

    /// <summary>Opens or closes the microphone towards the ears, as settings and client want it.</summary>
    private void Listen()
    {
        Listening? gone = null;
        lock (_sync)
        {
            if (Connected && Settings.TurnMode == TurnMode.HandsFree && !_disposed)
            {
                _listening ??= new Listening(_services, Settings.Patience, () => _microphone.TotalMs, OnHeard, Notify);
                _listening.BePatient(Settings.Patience);
                _listening.Understand(Settings.Language);
            }
            else
            {
                (gone, _listening) = (_listening, null);
            }
        }

        if (gone is not null)
        {
            _ = gone.DisposeAsync().AsTask();
            OnDropped(null, goesOn: false);
        }
    }
}
