namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// What a service's model is doing: loading (with what), ready, or failed (with why). One for each service; thread safe.
/// </summary>
public sealed class ModelReadiness(TimeProvider time)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = time.GetTimestamp();
    private volatile State _state = new("starting", null, false, null, null, null);

    /// <summary>Completes when the model is loaded and warm; faults when it cannot be loaded.</summary>
    public Task WhenReady => _ready.Task;

    /// <summary>True once the model is loaded and warm.</summary>
    public bool IsReady => _state.IsReady;

    /// <summary>What it is doing, in words: "loading 98 MB", "warming up", "ready", or what went wrong.</summary>
    public string Stage => _state.Stage;

    /// <summary>Why the model could not be loaded, or null.</summary>
    public Exception? Failure => _state.Failure;

    /// <summary>The model's id, once known.</summary>
    public string? Model => _state.Model;

    /// <summary>cpu or cuda, once known; a reason in brackets follows where it is not what was asked for.</summary>
    public string? Accelerator => _state.Accelerator;

    /// <summary>How long loading took, or has taken so far.</summary>
    public TimeSpan Elapsed => _state.Took ?? time.GetElapsedTime(_started);

    /// <summary>Says what is going on now.</summary>
    public void Report(string stage) => _state = _state with { Stage = stage };

    /// <summary>Says that the model is loaded and warm.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="accelerator">Where it runs: <c>cpu</c> or <c>cuda</c>, with the reason in brackets where it is not what was asked for.</param>
    /// <param name="took">How long loading it took; from the start of the service where that is left out.</param>
    public void Ready(string model, string accelerator, TimeSpan? took = null)
    {
        _state = new("ready", null, true, model, accelerator, took ?? time.GetElapsedTime(_started));
        _ready.TrySetResult();
    }

    /// <summary>Says that the model cannot be loaded; the exception's message is shown to people.</summary>
    public void Failed(Exception failure)
    {
        _state = _state with { Stage = failure.Message, Failure = failure };
        _ready.TrySetException(failure);
        _ = _ready.Task.Exception; // Observed here: not everybody waits for it.
    }

    private sealed record State(string Stage, Exception? Failure, bool IsReady, string? Model, string? Accelerator, TimeSpan? Took);
}
