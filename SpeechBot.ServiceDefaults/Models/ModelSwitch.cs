using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// Changes the model of a running service: one change at a time, by the id of a model that the store knows, and only where there is
/// memory for both. Until the new model is ready, and if it never is, the old one serves.
/// </summary>
public sealed class ModelSwitch(ISwitchableModel model, ModelStore store, ModelReadiness readiness, TimeProvider time) : IDisposable
{
    private const string Ready = "ready";

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>What can be chosen, and which one is in use.</summary>
    public ModelChoices Choices() => new([.. store.List(model.Kind).Select(found => ModelChoice.Of(found, found.Id == readiness.Model))]);

    /// <summary>Changes to another model; returns when it serves.</summary>
    /// <exception cref="OpenAiException">It was not changed; the message says why.</exception>
    public async Task<SwitchedModel> SwitchAsync(string? id, CancellationToken cancellationToken)
    {
        var models = store.List(model.Kind);
        var wanted = models.FirstOrDefault(found => string.Equals(found.Id, id, StringComparison.OrdinalIgnoreCase))
            ?? throw ModelListApi.NotFound(Shorten(id), models.Select(found => found.Id));
        if (!readiness.IsReady)
        {
            throw new OpenAiException($"The model cannot be changed while there is none: {readiness.Stage}", 503, code: "model_not_ready", type: "server_error");
        }

        if (!await _gate.WaitAsync(0, cancellationToken))
        {
            throw new OpenAiException($"The model is being changed already ({readiness.Stage}). Try again when that is done.", 409, code: "switch_in_progress");
        }

        var started = time.GetTimestamp();
        try
        {
            if (wanted.Id != readiness.Model)
            {
                CheckMemory(wanted);
                var path = await store.GetAsync(wanted, readiness.Report, cancellationToken);
                readiness.Report($"changing to {wanted.Id}");
                await model.SwitchAsync(path, cancellationToken);
            }

            return new SwitchedModel(readiness.Model!, readiness.Accelerator!, time.GetElapsedTime(started).TotalSeconds);
        }
        catch (ModelLoadException exception)
        {
            throw new OpenAiException($"{exception.Message} {readiness.Model} stays in use.", 422, "model", "model_failed");
        }
        finally
        {
            readiness.Report(Ready);
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Both models are in memory for a while. Where the system would have to swap, everybody waits.</summary>
    private void CheckMemory(StoredModel wanted)
    {
        if (wanted.Size is { } needed && FreeMemory.Bytes() is { } free && needed > free)
        {
            throw new OpenAiException($"{wanted.Id} needs at least {needed / 1_000_000} MB beside {readiness.Model}, and only {free / 1_000_000} MB of memory are free. {readiness.Model} stays in use. To start with the new one alone, set {ModelsOptions.SettingOf(model.Kind)} and restart the service.", 422, "model", "not_enough_memory");
        }
    }

    private static string Shorten(string? id) => id is null ? "" : id.Length <= 80 ? id : id[..80] + "…";
}
