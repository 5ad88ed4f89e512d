using System.Buffers;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Web.Clients;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>What a session's realtime client says and reports.</summary>
public sealed partial class VoiceSession
{
    private const int InputRate = 24_000;
    private const int BytesPerMs = InputRate / 1000 * sizeof(short);
    private const int MaxUtteranceMs = 300_000;
    private const int MinUtteranceMs = 100;

    // What a client hands to its loudspeaker is heard a moment later; over Bluetooth a fifth or a third of a second.
    private const double LoudspeakerDelayMs = 500;

    private readonly long _opened;
    private readonly ArrayBufferWriter<byte> _recording = new();

    /// <summary>The client takes audio as binary frames.</summary>
    internal bool BinaryAudio { get; set; }

    /// <summary>Milliseconds since the session began: the clock that client and server share.</summary>
    internal double Clock => _services.Time.GetElapsedTime(_opened).TotalMilliseconds;

    private bool IsVoiceThere => _voice || _recording.WrittenCount > 0;

    /// <summary>The next audio of the microphone, PCM16 mono at 24 kHz.</summary>
    internal void Append(ReadOnlyMemory<byte> pcm)
    {
        if (pcm.Length % sizeof(short) != 0)
        {
            throw new OpenAiException($"{pcm.Length} bytes of audio are not whole 16-bit samples. Send PCM16, mono, 24 kHz.", param: "audio", code: "invalid_audio");
        }

        _microphone.Arrived(pcm.Length / (double)BytesPerMs);
        if (_listening is { } listening)
        {
            var heard = pcm.ToArray();
            _echo.Pass(heard, LoudspeakerLevel(), isVoice: _voice);
            listening.Hear(heard, canWait: !IsSomethingGoingOn());
            GiveWayToLongSpeech();
            return;
        }

        bool first;
        lock (_sync)
        {
            if (_recording.WrittenCount + pcm.Length > MaxUtteranceMs * BytesPerMs)
            {
                throw new OpenAiException($"The recording is longer than {MaxUtteranceMs / 1000} s. Commit or clear it.", param: "audio", code: "input_audio_buffer_full");
            }

            first = _recording.WrittenCount == 0 && pcm.Length > 0;
            _recording.Write(pcm.Span);
        }

        if (first)
        {
            Publish();
        }
    }

    /// <summary>The recording is complete: it is transcribed and, once an answer is asked for, answered.</summary>
    internal void Commit()
    {
        if (_listening is not null)
        {
            throw new OpenAiException("This session is hands free: the ears commit by themselves. Set turn_detection to null to commit.", code: "input_audio_buffer_commit_refused");
        }

        byte[] recording;
        lock (_sync)
        {
            recording = _recording.WrittenSpan.ToArray();
            _recording.ResetWrittenCount();
        }

        if (recording.Length < MinUtteranceMs * BytesPerMs)
        {
            Publish();
            throw new OpenAiException(
                $"The recording has {recording.Length / BytesPerMs} ms of audio; at least {MinUtteranceMs} ms are needed. Append audio before the commit.", code: "input_audio_buffer_commit_empty");
        }

        var itemId = NewItemId();
        Outbox.Send(new InputCommitted(itemId));
        Outbox.Send(new ItemAdded(new ItemView(itemId, "user", "completed", [new ContentView("input_audio")])));
        Said(itemId, cancel => TranscribeAsync(itemId, recording, cancel), _services.Time.GetTimestamp(), TimeSpan.FromMilliseconds(recording.Length / (double)BytesPerMs));
    }

    /// <summary>Throws the recording away.</summary>
    internal void ClearInput()
    {
        _listening?.Forget();
        lock (_sync)
        {
            _recording.ResetWrittenCount();
        }

        Outbox.Send(new InputCleared());
        Publish();
    }

    /// <summary>The client tells how far it has played an answer.</summary>
    /// <param name="itemId">The answer.</param>
    /// <param name="playedMs">Position in its audio.</param>
    /// <param name="at">When this is heard, on the session's clock; a loudspeaker's delay ahead of now.</param>
    /// <param name="ended">It plays no further.</param>
    internal void Played(string itemId, double playedMs, double at, bool ended)
    {
        if (FindRun(itemId) is not { } run)
        {
            return; // An answer of long ago, or of another session: nothing depends on it any more.
        }

        var reportedAt = Timestamp(at, LoudspeakerDelayMs);
        run.Playback.Report(playedMs, reportedAt, ended);
        if (run.Turn.Timings is { Heard: null, Released: not null })
        {
            run.Mark(TurnMark.Heard, _services.Time.GetElapsedTime(run.LastVoiced, reportedAt).TotalMilliseconds - playedMs);
            if (!run.IsReplay)
            {
                Outbox.Send(TurnRecord.TimingsOf(run.Turn));
            }
        }

        ShowPosition(run);
    }

    /// <summary>The client stopped an answer by itself, and tells what was heard of it.</summary>
    internal void Truncate(string itemId, double audioEndMs)
    {
        var run = FindRun(itemId) ?? throw new OpenAiException($"There is no answer '{itemId}' that could be truncated.", param: "item_id", code: "item_not_found");
        run.Playback.Report(audioEndMs, _services.Time.GetTimestamp(), ended: true);
        run.End(TurnState.Interrupted);
        ShowPosition(run);
        Outbox.Send(new ItemTruncated(itemId, 0, audioEndMs));
    }

    private async Task<string> TranscribeAsync(string itemId, byte[] recording, CancellationToken cancellationToken)
    {
        try
        {
            var words = await _services.Ears.TranscribeAsync(recording, InputRate, Settings.Language, Settings.Pipeline == PipelineMode.Sequential, cancellationToken);
            Outbox.Send(new TranscriptionCompleted(itemId, words));
            return words;
        }
        catch (StageException failure)
        {
            Outbox.Send(new TranscriptionFailed(itemId, new ErrorView("server_error", "transcription_failed", failure.Message)));
            throw;
        }
    }

    /// <summary>Somebody speaks, pauses in a turn, or is answered.</summary>
    private bool IsSomethingGoingOn()
    {
        lock (_sync)
        {
            return _voice || _open is not null || _run is not null;
        }
    }

    /// <summary>A time on the session's clock as a timestamp; further in the future than <paramref name="aheadMs"/> it is a clock that is off.</summary>
    private long Timestamp(double at, double aheadMs = 0) => _opened + (long)(Math.Min(at, Clock + aheadMs) / 1000 * _services.Time.TimestampFrequency);

    private TurnRun? FindRun(string itemId)
    {
        lock (_sync)
        {
            return _run?.AnswerItemId == itemId ? _run : _last?.AnswerItemId == itemId ? _last : null;
        }
    }

    private void ShowPosition(TurnRun run)
    {
        var index = run.HasEnded ? -1 : run.Playback.ClauseIndex();
        var ended = run is { HasEnded: true, IsWithdrawn: false, IsReplay: false };
        if (ended)
        {
            // The last report comes after the turn was stopped, and knows better than any estimate.
            run.KeepWhatWasHeard();
            Save(run.Turn);
        }

        if (ended || run.Turn.SpokenClauseIndex != index)
        {
            run.Turn.SpokenClauseIndex = index;
            run.Shown();
        }
    }
}
