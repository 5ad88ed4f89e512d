using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Hearing;

// Whether the turn is over. Asked after everything that may change the answer: audio, a transcript, a probability, a commit.
public sealed partial class TurnListener
{
    private void Decide()
    {
        if (_utterance is { } utterance && _audio.End - utterance.Start > Samples(_options.MaxUtteranceSeconds) && _pause is not { IsCommitted: true })
        {
            EndTooLong(utterance);
        }

        // A single voiced window may be the beginning of more: wait for the next.
        if (_utterance is not { Settling: null } || _pause is not { Text: not null } pause || (_voicedRun > 0 && !pause.IsCommitted))
        {
            return;
        }

        var silence = _audio.End - pause.VoiceEnd;
        if (IsOver(pause, silence))
        {
            Finish(_utterance, pause, silence);
        }
        else if (_detection.Mode == TurnMode.Semantic && !pause.IsAsking && silence >= pause.NextAsk && _utterance.TextWith(pause.Text).Length > 0)
        {
            // Words that came late are judged all the same, by as much silence as the network understands.
            Ask(_utterance, pause, Math.Min(silence, Samples(_options.AskUntilSeconds)));
        }
    }

    private bool IsOver(Pause pause, long silence) => pause.IsCommitted || _detection.Mode switch
    {
        TurnMode.Silence => silence >= Samples(_detection.Silence.TotalSeconds),
        TurnMode.Semantic => silence >= Samples(_detection.Patience.TotalSeconds)
            || (silence >= Samples(_options.ConfirmSeconds) && (pause.Probability > _options.FinishedThreshold || !pause.CandidateSent)),
        _ => false,
    };

    private void Finish(Utterance utterance, Pause pause, long silence)
    {
        var transcript = utterance.TextWith(pause.Text!);
        pause.Runs.Settle(transcript.Length > 0 ? SpeculativeRuns.Used : SpeculativeRuns.Dropped);
        (_pause, _utterance, _lastTurnEnd) = (null, null, pause.VoiceEnd);
        var endMs = pause.VoiceEnd / SamplesPerMs;
        if (_detection.Mode != TurnMode.Manual)
        {
            _emit(new SpeechStopped(utterance.ItemId, endMs));
        }
        else if (pause.CommittedAt < _audio.End)
        {
            // Sound that came while the transcript was awaited is the beginning of the next recording.
            _utterance = NewUtterance(pause.CommittedAt.Value);
        }

        if (transcript.Length == 0 && !pause.IsCommitted)
        {
            _emit(new TurnDropped(utterance.ItemId, "noise"));
            return;
        }

        _emit(new BufferCommitted(utterance.ItemId));
        _emit(new TurnConfirmed(utterance.ItemId, transcript, endMs, pause.Probability, silence / SamplesPerMs, Timings(pause)));
        if (utterance.DeltaOf(pause.Text!) is { Length: > 0 } delta)
        {
            _emit(new TranscriptionDelta(utterance.ItemId, delta));
        }

        _emit(new TranscriptionCompleted(utterance.ItemId, transcript, TranscriptionUsage.Of(TimeSpan.FromMilliseconds((double)(pause.VoiceEnd - utterance.Start) / SamplesPerMs))));
    }

    private void EndTooLong(Utterance utterance)
    {
        _emit(new ErrorEvent(new RealtimeErrorDetails(
            "invalid_request_error", "utterance_too_long",
            $"An utterance is at most {_options.MaxUtteranceSeconds} s long and was ended there. Pause between thoughts, or raise {HearingOptions.Section}:{nameof(HearingOptions.MaxUtteranceSeconds)}.",
            null, null)));
        EndAt(utterance, _audio.End);
    }

    private void EndAt(Utterance utterance, long end)
    {
        if (_pause is null)
        {
            // Up to the very end, also where the last bit is too short for a window.
            DropHush();
            OpenPause(utterance, end);
        }

        _pause!.CommittedAt = end;
    }

    private static TurnTimings Timings(Pause pause) => new(
        Math.Round(pause.TranscriptionTime.TotalMilliseconds, 1),
        Math.Max(0, pause.TranscribedAt - pause.VoiceEnd) / SamplesPerMs,
        Math.Round(pause.EndOfTurnTime.TotalMilliseconds, 1),
        pause.Asks);
}
