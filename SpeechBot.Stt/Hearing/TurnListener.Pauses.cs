using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Hearing;

// What happens in a pause: the words so far, and whether they were all.
public sealed partial class TurnListener
{
    // From a quarter of a second on Whisper hears words and not "Okay."; in a whole utterance, half of that is a "no".
    private const int LeastTailWindows = 8;
    private const int LeastWindows = 4;

    // What is hushed after less than half a second is one word at most, and its silence mostly the one in front of the "p" of "stop".
    // The right run would have to wait for the one that began there.
    private const int LeastHushWindows = 14;

    // Shorter than a window, and not bound to where one begins. In less there are more silences between two sounds.
    private const int HushSamples = 24 * SamplesPerMs;

    // After a pause that long, what was said before need not be decoded again. Short speech is: it costs the same and is understood
    // better together with what follows. After long speech any pause will do.
    private const long SettlingSamples = 160 * SamplesPerMs;
    private const long LeastSettledSamples = 2_500 * SamplesPerMs;
    private const long LongTailSamples = 15_000 * SamplesPerMs;

    // The end of turn is judged by the last 8 s.
    private const long JudgedSamples = 8 * TranscriptionRequest.SampleRate;

    private void OpenPause(Utterance utterance, long end)
    {
        var pause = _pause = _hush ?? (IsWorthHearing(utterance) ? BeginPause(utterance, end) : new Pause { Text = "", TranscribedAt = _audio.End });
        (_hush, pause.VoiceEnd, pause.NextAsk) = (null, utterance.VoiceEnd, Samples(_options.AskSeconds));
        if (_detection.Mode != TurnMode.Manual)
        {
            _emit(new VoicePaused(utterance.ItemId, pause.VoiceEnd / SamplesPerMs));
        }

        if (pause.Text is not null)
        {
            Tell(utterance, pause);
        }
    }

    /// <summary>Begins to transcribe what was said so far, also while it is not certain yet that this is a pause.</summary>
    private Pause BeginPause(Utterance utterance, long end)
    {
        var pause = new Pause();
        var request = new TranscriptionRequest(_audio.View(utterance.TailStart, end).ToArray())
        {
            Language = Language,
            Prompt = Prompt,
            Live = true,
            Speculative = _detection.Mode == TurnMode.Manual ? null : pause.Runs,
            Trace = utterance.Trace,
        };
        var started = _time.GetTimestamp();
        _beside(async () =>
        {
            try
            {
                var transcript = await _transcriber.TranscribeAllAsync(request, pause.Over);
                return () => Transcribed(utterance, pause, transcript.Text, _time.GetElapsedTime(started));
            }
            catch (OperationCanceledException)
            {
                return () => { };
            }
            catch (Exception exception) when (exception is TranscriptionException or OpenAiException)
            {
                return () => FailTranscription(utterance, pause, exception);
            }
        });
        return pause;
    }

    /// <summary>Begins to transcribe with the first quiet moment. It may be in vain, and others may have better use for the cores.</summary>
    private void NoticeHush()
    {
        if (_utterance is not { } utterance || _pause is not null || utterance.VoicedWindows < LeastHushWindows)
        {
            return;
        }

        var from = _audio.End - HushSamples;
        if (!utterance.IsHush(_audio.View(from, _audio.End)))
        {
            DropHush();
        }
        else if (_hush is null && IsWorthHearing(utterance) && _transcriber.IsFree)
        {
            _hush = BeginPause(utterance, _audio.End);
            _hush.From = from;
        }
    }

    private void DropHush()
    {
        _hush?.End(SpeculativeRuns.Dropped);
        _hush = null;
    }

    private bool IsWorthHearing(Utterance utterance) => utterance.TailVoicedWindows > 0 && utterance.TailVoicedWindows >= Least(utterance);

    private int Least(Utterance utterance) =>
        utterance.IsCut ? LeastTailWindows
        : _detection.Mode == TurnMode.Manual ? 1
        : LeastWindows;

    private void Transcribed(Utterance utterance, Pause pause, string text, TimeSpan took)
    {
        (pause.Text, pause.TranscriptionTime, pause.TranscribedAt) = (text, took, _audio.End);
        if (pause == utterance.Settling)
        {
            utterance.Settling = null;
            Settle(utterance, pause);
            if (_pause is { Text: not null } later)
            {
                Tell(utterance, later);
            }
        }
        else if (pause == _pause)
        {
            Tell(utterance, pause);
        }
    }

    private void Tell(Utterance utterance, Pause pause)
    {
        if (utterance.Settling is not null)
        {
            return; // The words before these are told first.
        }

        if (_detection.Mode != TurnMode.Manual && utterance.TextWith(pause.Text!) is { Length: > 0 } whole)
        {
            pause.CandidateSent = true;
            _emit(new TurnCandidate(utterance.ItemId, whole, pause.VoiceEnd / SamplesPerMs, pause.Probability));
        }

        Decide();
    }

    private void FailTranscription(Utterance utterance, Pause pause, Exception exception)
    {
        if (pause == _pause || pause == utterance.Settling)
        {
            var error = exception is OpenAiException known ? known.Error : TranscriptionApi.ToOpenAi((TranscriptionException)exception).Error;
            _emit(new TranscriptionFailed(utterance.ItemId, error));
            Forget("cleared");
        }
        else if (pause == _hush)
        {
            // The pause, if it comes, tries again.
            DropHush();
        }
    }

    private void Ask(Utterance utterance, Pause pause, long silence)
    {
        pause.IsAsking = true;
        var last = Samples(_options.AskUntilSeconds);
        pause.NextAsk = silence < last ? Math.Min(silence + Samples(_options.AskAgainSeconds), last) : long.MaxValue;
        var end = pause.VoiceEnd + silence;
        var audio = new ReadOnlyMemory<float>(_audio.View(Math.Max(utterance.JudgedFrom, end - JudgedSamples), end).ToArray());
        var sinceWords = TimeSpan.FromSeconds((double)(_audio.End - pause.TranscribedAt) / TranscriptionRequest.SampleRate);
        var started = _time.GetTimestamp();
        _beside(async () =>
        {
            try
            {
                var probability = await _askFinished(audio, sinceWords, pause.Over);
                return () => Judged(pause, probability, _time.GetElapsedTime(started));
            }
            catch (OperationCanceledException)
            {
                return () => { };
            }
        });
    }

    private void Judged(Pause pause, float probability, TimeSpan took)
    {
        pause.IsAsking = false;
        pause.Asks++;
        pause.Probability = probability;
        pause.EndOfTurnTime = took;
        Decide();
    }

    private void Resume(Utterance utterance, Pause pause, long voiceStart)
    {
        _pause = null;
        if (_detection.Mode != TurnMode.Manual)
        {
            _emit(new VoiceResumed(utterance.ItemId));
        }

        var length = voiceStart - pause.VoiceEnd;
        var tail = pause.VoiceEnd - utterance.TailStart;
        var settles = pause.Text is not "" && utterance.Settling is null && tail >= LeastSettledSamples && (length >= SettlingSamples || tail >= LongTailSamples);
        if (settles)
        {
            // The middle of the silence: nothing of either side is cut.
            utterance.CutAt(pause.VoiceEnd + (length / 2));
        }

        if (settles && pause.Text is null)
        {
            utterance.Settling = pause;
        }
        else if (settles)
        {
            Settle(utterance, pause);
        }
        else
        {
            pause.End(SpeculativeRuns.Dropped);
        }

        if (pause.CandidateSent)
        {
            _emit(new TurnDropped(utterance.ItemId, "resumed"));
        }
    }

    private void Settle(Utterance utterance, Pause pause)
    {
        var isSpeech = pause.Text is { Length: > 0 };
        pause.End(isSpeech ? SpeculativeRuns.Kept : SpeculativeRuns.Dropped);
        if (isSpeech)
        {
            _emit(new TranscriptionDelta(utterance.ItemId, utterance.Settle(pause.Text!)));
        }
    }

    private static long Samples(double seconds) => (long)(seconds * TranscriptionRequest.SampleRate);
}
