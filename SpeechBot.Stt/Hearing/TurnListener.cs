using System.Diagnostics;
using System.Numerics.Tensors;
using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Hearing;

/// <summary>Starts work beside the listener's loop. What the work returns must be run in the loop.</summary>
/// <param name="work">Never throws.</param>
public delegate void Beside(Func<Task<Action>> work);

/// <summary>How likely the speaker has finished, 0 to 1.</summary>
/// <param name="samples">16 kHz, with the silence after the last word.</param>
/// <param name="sinceWords">How long the words have been known, and told.</param>
/// <param name="cancellationToken">Cancelled when the speaker goes on, and nobody wants to know any more.</param>
public delegate Task<float> AskFinished(ReadOnlyMemory<float> samples, TimeSpan sinceWords, CancellationToken cancellationToken);

/// <summary>
/// 16 kHz audio → turns. Voice begins an utterance; the first quiet window after it starts a transcription of what was said since the
/// last pause, while the silence goes on being measured; the voice's melody then tells whether the speaker has finished. A voice that
/// goes on throws all of that away. Positions in samples are the clock. Everything runs in one loop: not for several threads.
/// </summary>
public sealed partial class TurnListener : IDisposable
{
    private const int SamplesPerMs = TranscriptionRequest.SampleRate / 1000;

    private const long ContinuationSamples = 2_000 * SamplesPerMs;

    // Two windows in a row: one alone is a click or a breath.
    private const int WindowsThatAreVoice = 2;
    private const float Doubt = 0.15f;
    private readonly VoiceActivityStream _voice;
    private readonly AskFinished _askFinished;
    private readonly ITranscriber _transcriber;
    private readonly HearingOptions _options;
    private readonly Beside _beside;
    private readonly Action<RealtimeServerEvent> _emit;
    private readonly TimeProvider _time;
    private readonly SampleBuffer _audio = new();
    private readonly float[] _window = new float[VoiceActivityModel.WindowSamples];
    private TurnDetection _detection;
    private Utterance? _utterance;
    private Pause? _pause;
    private Pause? _hush;
    private long _windowStart;
    private long _lastTurnEnd = -ContinuationSamples;
    private long _judgedFrom;
    private int _voicedRun;

    /// <param name="voice">Tells voice from silence; disposed with the listener.</param>
    /// <param name="askFinished">Judges whether a speaker has finished.</param>
    /// <param name="transcriber">Finds out the words.</param>
    /// <param name="options">How to listen.</param>
    /// <param name="beside">Runs what takes longer than a window.</param>
    /// <param name="emit">Takes the events, in order.</param>
    /// <param name="time">The clock of the timings.</param>
    public TurnListener(
        VoiceActivityStream voice,
        AskFinished askFinished,
        ITranscriber transcriber,
        HearingOptions options,
        Beside beside,
        Action<RealtimeServerEvent> emit,
        TimeProvider time)
    {
        (_voice, _askFinished, _transcriber, _options, _beside, _emit, _time) = (voice, askFinished, transcriber, options, beside, emit, time);
        _detection = TurnDetection.Default(options);
    }

    /// <summary>The spoken language; null for the configured one.</summary>
    public string? Language { get; set; }

    /// <summary>Text in whose style and spelling the transcripts continue.</summary>
    public string? Prompt { get; set; }

    /// <summary>Who decides that a turn is over, and when. A change throws away what is being said.</summary>
    public TurnDetection Detection
    {
        get => _detection;
        set
        {
            if (value != _detection)
            {
                Forget("cleared");
                _detection = value;
            }
        }
    }

    /// <summary>Takes the next audio.</summary>
    public void Accept(ReadOnlySpan<float> samples)
    {
        if (_detection.Mode == TurnMode.Manual && _utterance is null && samples.Length > 0)
        {
            _utterance = NewUtterance(_audio.End);
        }

        _audio.Append(samples);
        while (_audio.End - _windowStart >= _window.Length)
        {
            _audio.View(_windowStart, _windowStart + _window.Length).CopyTo(_window);
            var voiced = _voice.Next(_window) >= VoiceThreshold;
            _windowStart += _window.Length;
            Hear(voiced, TensorPrimitives.SumOfSquares<float>(_window), _windowStart);
        }

        NoticeHush();
        Decide();
        ForgetOldAudio();
    }

    /// <summary>The client says that the turn is over.</summary>
    /// <returns>False when there is nothing to end.</returns>
    public bool Commit()
    {
        if (_utterance is not { } utterance)
        {
            return false;
        }

        EndAt(utterance, _audio.End);
        Decide();
        return true;
    }

    /// <summary>Throws away what is being said.</summary>
    public void Clear()
    {
        Forget("cleared");
        _emit(new BufferCleared());
    }

    /// <summary>Hangs the spans of an utterance under a trace of the client's.</summary>
    public void Trace(string itemId, ActivityContext trace)
    {
        if (_utterance is { } utterance && utterance.ItemId == itemId)
        {
            utterance.Trace = trace;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DropPauses();
        _voice.Dispose();
    }

    // As in Silero's own detector, what goes on needs less than what begins; here only in the first word, where the network doubts a loud
    // vowel now and then. Later it would only find the end of the voice later.
    private float VoiceThreshold =>
        _voicedRun > 0 && _utterance is { VoicedWindows: > 0 and < LeastHushWindows } ? _detection.VoiceThreshold - Doubt : _detection.VoiceThreshold;

    private void Hear(bool voiced, float energy, long end)
    {
        _voicedRun = voiced ? _voicedRun + 1 : 0;
        if (_utterance is null && _voicedRun == WindowsThatAreVoice)
        {
            var padded = end - (WindowsThatAreVoice * _window.Length) - ((long)_detection.PrefixPadding.TotalMilliseconds * SamplesPerMs);
            _utterance = NewUtterance(Math.Max(Math.Max(padded, _lastTurnEnd), _audio.Start));
            _emit(new SpeechStarted(_utterance.ItemId, _utterance.Start / SamplesPerMs));
        }

        if (_utterance is not { } utterance)
        {
            return;
        }

        // A window that began before the hush may hold the end of the voice.
        if (!utterance.IsHush(energy) && end - _window.Length >= _hush?.From)
        {
            DropHush();
        }

        if (_voicedRun >= WindowsThatAreVoice)
        {
            HearVoice(utterance, end);
        }
        else if (!voiced && _pause is null && utterance.VoicedWindows > 0)
        {
            OpenPause(utterance, end);
        }
    }

    private void HearVoice(Utterance utterance, long end)
    {
        if (_pause is { } pause && !pause.IsCommitted)
        {
            Resume(utterance, pause, end - (WindowsThatAreVoice * _window.Length));
        }

        var windows = _voicedRun == WindowsThatAreVoice ? WindowsThatAreVoice : 1;
        if (utterance.VoicedWindows == 0)
        {
            // By button the recording begins before the voice does.
            var padded = end - (windows * _window.Length) - ((long)_detection.PrefixPadding.TotalMilliseconds * SamplesPerMs);
            utterance.TailStart = Math.Max(utterance.TailStart, padded);
        }

        utterance.VoicedWindows += windows;
        utterance.TailVoicedWindows += windows;
        utterance.VoiceEnd = end;
    }

    // A voice that goes on soon after its turn was taken for finished is judged together with what it said before.
    private Utterance NewUtterance(long start)
    {
        _judgedFrom = start - _lastTurnEnd <= ContinuationSamples ? _judgedFrom : start;
        return new Utterance($"item_{Guid.CreateVersion7():N}", start) { JudgedFrom = _judgedFrom };
    }

    private void Forget(string reason)
    {
        if (_utterance is { } utterance && _detection.Mode != TurnMode.Manual)
        {
            _emit(new TurnDropped(utterance.ItemId, reason));
        }

        DropPauses();
        (_utterance, _lastTurnEnd, _judgedFrom) = (null, _audio.End, _audio.End);
    }

    private void DropPauses()
    {
        _pause?.End(SpeculativeRuns.Dropped);
        _pause = null;
        DropHush();
        if (_utterance is { Settling: { } settling } utterance)
        {
            settling.End(SpeculativeRuns.Dropped);
            utterance.Settling = null;
        }
    }

    // What may still be transcribed, or judged, stays.
    private void ForgetOldAudio()
    {
        var needed = _utterance?.TailStart ?? long.MaxValue;
        _audio.ForgetBefore(Math.Min(needed, (_pause?.VoiceEnd ?? _audio.End) - JudgedSamples));
    }
}
