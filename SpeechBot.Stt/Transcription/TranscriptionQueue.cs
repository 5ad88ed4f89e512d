using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Stt.Transcription;

/// <summary>
/// One run of the model at a time. Uploads take a place (there is a limit) and then wait for each run; people who are talking right now
/// go first. The number of talkers is limited where their sessions begin.
/// </summary>
public sealed class TranscriptionQueue
{
    private readonly int _limit;
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _live = new();
    private readonly Queue<TaskCompletionSource> _uploads = new();
    private int _places;
    private bool _busy;

    /// <summary>Takes its limit from the options.</summary>
    public TranscriptionQueue(IOptions<TranscriptionOptions> options)
    {
        _limit = options.Value.QueueLimit;
        TranscriptionTelemetry.Meter.CreateObservableGauge(TelemetryNames.Instruments.QueueLength, () => Waiting, "{request}", "Requests that wait for the speech model");
    }

    /// <summary>How many runs wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _live.Count + _uploads.Count;
            }
        }
    }

    /// <summary>Whether the model is used by nobody.</summary>
    public bool IsFree
    {
        get
        {
            lock (_lock)
            {
                return !_busy;
            }
        }
    }

    /// <summary>Takes a place for an upload, to be disposed when it is done.</summary>
    /// <exception cref="OpenAiException">429: all places are taken.</exception>
    public IDisposable EnterUpload()
    {
        // One more than may wait: the one that is being served.
        if (Interlocked.Increment(ref _places) > _limit + 1)
        {
            Interlocked.Decrement(ref _places);
            throw new OpenAiException(
                $"{_limit} recordings are already waiting to be transcribed, which is the limit. Try again in a moment, or raise Stt:QueueLimit.",
                429, code: "queue_full", type: "rate_limit_error")
            { RetryAfter = TimeSpan.FromSeconds(2) };
        }

        return new Release(() => Interlocked.Decrement(ref _places));
    }

    /// <summary>Waits for the model. Dispose what is returned when the run is over.</summary>
    public async ValueTask<IDisposable> WaitAsync(bool live, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_busy)
            {
                (live ? _live : _uploads).Enqueue(turn);
            }
            else
            {
                _busy = true;
                turn.SetResult();
            }
        }

        // Whoever gives the model on skips those that have given up.
        using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)))
        {
            await turn.Task;
        }

        return new Release(GiveOn);
    }

    private void GiveOn()
    {
        lock (_lock)
        {
            while (_live.TryDequeue(out var next) || _uploads.TryDequeue(out next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _busy = false;
        }
    }

    private sealed class Release(Action action) : IDisposable
    {
        private Action? _action = action;

        public void Dispose() => Interlocked.Exchange(ref _action, null)?.Invoke();
    }
}
