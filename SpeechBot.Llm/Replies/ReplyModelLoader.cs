using LLama.Native;
using Microsoft.Extensions.Options;
using SpeechBot.Llm.Prompts;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Replies;

/// <summary>
/// Loads the GGUF, starts the scheduler, and writes one complete dummy reply: the first of a process is twice as slow. Later it can bring
/// another model in.
/// </summary>
internal sealed class ReplyModelLoader(
    IOptions<ReplyOptions> options, IConfiguration configuration, ModelStore store, ModelReadiness readiness, RequantisedModels copies, ReplyScheduler scheduler, EngineLog engineLog,
    TimeProvider time, ILogger<ReplyModelLoader> logger)
    : ModelLoader(readiness, logger), ISwitchableModel
{
    private readonly ReplyOptions _options = options.Value;
    private readonly ModelReadiness _readiness = readiness;

    /// <inheritdoc/>
    public string Kind => "llm";

    private bool IsOnGpu => Asked != Accelerator.Cpu && _options.GpuLayers > 0 && NativeApi.llama_supports_gpu_offload();

    private Accelerator Asked => configuration.GetValue("Accelerator", Accelerator.Auto);

    /// <inheritdoc/>
    public async Task SwitchAsync(string path, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var model = await LoadAsync(path, id: null, template: null, _readiness.Report, cancellationToken);
        await scheduler.ReplaceAsync(model);
        _readiness.Ready(model.Id, Describe(Asked), time.GetElapsedTime(started));
        try
        {
            await WarmUpAsync(cancellationToken);
        }
        catch (OpenAiException)
        {
            // Others keep it so busy that it gets warm without.
        }
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(ModelReadiness progress, CancellationToken cancellationToken)
    {
        ProcessPriority.Lower(_options.Nice, reason => logger.PriorityUnchanged(_options.Nice, reason));

        var path = await store.ChosenAsync(Kind, _options.ModelPath, "Llm:ModelPath", progress.Report, cancellationToken);
        if (!NativeLibraryConfig.LLama.LibraryHasLoaded)
        {
            NativeLibraryConfig.All.WithCuda(Asked != Accelerator.Cpu);
        }

        var model = await LoadAsync(path, _options.ModelId, _options.ChatTemplate, progress.Report, cancellationToken);
        scheduler.Start(model);
        progress.Report("warming up");
        await WarmUpAsync(cancellationToken);
        progress.Ready(model.Id, Describe(Asked));
    }

    private async Task<LlamaModel> LoadAsync(string path, string? id, string? template, Action<string> report, CancellationToken cancellationToken)
    {
        if (!IsOnGpu && await CopyAsync(copies.Find(path)) is { } kept)
        {
            return kept;
        }

        var model = await LoadAsync(copy: null);
        try
        {
            if (!IsOnGpu && await CopyAsync(await Task.Run(() => copies.Make(path, model.Format, report), CancellationToken.None)) is { } made)
            {
                model.Dispose();
                return made;
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }

        async Task<LlamaModel?> CopyAsync(string? copy)
        {
            try
            {
                return copy is null ? null : await LoadAsync(copy);
            }
            catch (ModelLoadException exception)
            {
                copies.Forget(copy!, exception);
                return null;
            }
        }

        Task<LlamaModel> LoadAsync(string? copy)
        {
            var megabytes = new FileInfo(copy ?? path).Length / 1_000_000;
            report($"loading {megabytes} MB");
            var loading = new Progress(share => report($"loading {megabytes} MB, {share:P0} done"));
            return LlamaModel.LoadAsync(path, copy, _options, id, template, Asked != Accelerator.Cpu, engineLog, loading, cancellationToken);
        }
    }

    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var sampling = new SamplingSettings(_options.Temperature, _options.TopP, _options.RepeatPenalty);
        ChatTurn[] instructions = string.IsNullOrWhiteSpace(_options.WarmPrompt) ? [] : [new(ChatTurn.System, _options.WarmPrompt)];
        ChatTurn[] question = [.. instructions, new(ChatTurn.User, "Hello, how are you today?")];
        if (instructions.Length > 0)
        {
            await ReadToEndAsync(new ReplyRequest(instructions, 0, sampling, [], null) { Pinned = true }, cancellationToken);
        }

        await ReadToEndAsync(new ReplyRequest(question, 12, sampling, [], null), cancellationToken);
    }

    private async Task ReadToEndAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        await foreach (var _ in scheduler.ReplyAsync(request, cancellationToken))
        {
        }
    }

    private string Describe(Accelerator asked)
    {
        if (asked == Accelerator.Cpu)
        {
            return "cpu";
        }

        if (NativeApi.llama_supports_gpu_offload())
        {
            return _options.GpuLayers > 0 ? "cuda" : "cpu (Llm:GpuLayers is 0)";
        }

        if (asked == Accelerator.Auto)
        {
            return "cpu";
        }

        logger.NoGpu();
        return "cpu (CUDA was asked for, but no GPU can be used)";
    }

    private sealed class Progress(Action<float> report) : IProgress<float>
    {
        public void Report(float value) => report(value);
    }
}
