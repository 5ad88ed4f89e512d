using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Stt.Transcription;

/// <summary>Loads the configured model, runs it once on noise so that the first real question is not the slow one, and keeps it.</summary>
public sealed class WhisperModelLoader(
    IOptions<TranscriptionOptions> options,
    ModelStore store,
    WhisperDecoder decoder,
    ModelReadiness readiness,
    ILogger<WhisperModelLoader> logger) : ModelLoader(readiness, logger), IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly ModelReadiness _readiness = readiness;
    private volatile WhisperModel? _model;

    /// <summary>The model.</summary>
    /// <exception cref="OpenAiException">503: it is still loading, or cannot be loaded; the message says which.</exception>
    public WhisperModel Model => _readiness.IsReady && _model is { } model
        ? model
        : throw new OpenAiException($"The speech model is not ready: {_readiness.Stage}", 503, code: "model_not_ready", type: "server_error") { RetryAfter = RetryAfter };

    /// <summary>The models that a request may name; none while nothing is loaded.</summary>
    public IEnumerable<ModelCard> Cards => _model?.Cards ?? [];

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _model?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(ModelReadiness progress, CancellationToken cancellationToken)
    {
        var path = await store.ChosenAsync("stt", options.Value.ModelPath, $"{TranscriptionOptions.Section}:{nameof(TranscriptionOptions.ModelPath)}", progress.Report, cancellationToken);
        progress.Report($"loading {Path.GetFileName(path)} ({new FileInfo(path).Length / 1_000_000} MB)");
        var model = WhisperModel.Load(path, options.Value);
        _model = model;

        progress.Report("warming up");
        foreach (var (seconds, threads) in new[] { (2, 1), (2, options.Value.EffectiveThreads), (5, options.Value.EffectiveThreads) })
        {
            try
            {
                await decoder.DecodeAsync(model, new TranscriptionRequest(Noise(seconds)) { Threads = threads }, cancellationToken);
            }
            catch (TranscriptionException exception) when (exception.TimedOut)
            {
                // A machine that is busy while everything starts is no reason never to be ready: only the first answer is slow then.
                break;
            }
        }

        progress.Ready(model.Card.Id, model.Accelerator);
    }

    private static float[] Noise(int seconds)
    {
        var random = new Random(1);
        var samples = new float[seconds * TranscriptionRequest.SampleRate];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (random.NextSingle() - 0.5f) * 0.002f;
        }

        return samples;
    }
}
