using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Cores;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Stt.Hearing;

/// <summary>Loads the two small networks that listen to live speech, beside the model that transcribes, and warms them.</summary>
public sealed class HearingModels(
    IOptions<HearingOptions> options,
    ModelFolder folder,
    CoreLease cores,
    TimeProvider time,
    [FromKeyedServices(HearingModels.ReadinessKey)] ModelReadiness readiness,
    ILogger<HearingModels> logger) : ModelLoader(readiness, logger), IDisposable
{
    /// <summary>The key of the readiness of these networks, which is another than the transcribing model's.</summary>
    public const string ReadinessKey = "hearing";

    // Time for the words to reach the brain, where they have to share the cores. Reading them with all of those is what a person waits for;
    // the verdict is in time as long as there is nothing to say yet.
    private static readonly TimeSpan WordsFirst = TimeSpan.FromMilliseconds(25);

    private readonly ModelReadiness _readiness = readiness;
    private VoiceActivityModel? _voice;
    private EndOfTurnModel? _endOfTurn;

    /// <summary>Tells voice from silence.</summary>
    /// <exception cref="OpenAiException">503: not ready, and why.</exception>
    public VoiceActivityModel Voice => Ready(_voice);

    /// <inheritdoc cref="AskFinished"/>
    /// <exception cref="OpenAiException">503: not ready, and why.</exception>
    public async Task<float> AskFinishedAsync(ReadOnlyMemory<float> samples, TimeSpan sinceWords, CancellationToken cancellationToken)
    {
        var model = Ready(_endOfTurn);
        if (cores.Tokens > 0 && sinceWords < WordsFirst)
        {
            await Task.Delay(WordsFirst - sinceWords, time, cancellationToken);
        }

        using var lease = await cores.AcquireOneAsync(cancellationToken);
        return model.Ask(samples.Span);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _voice?.Dispose();
        _endOfTurn?.Dispose();
    }

    /// <inheritdoc/>
    protected override Task LoadAsync(ModelReadiness progress, CancellationToken cancellationToken)
    {
        progress.Report("loading the networks that listen");
        _voice = new VoiceActivityModel(folder.Resolve(options.Value.VoicePath, $"{HearingOptions.Section}:{nameof(HearingOptions.VoicePath)}"));
        _endOfTurn = new EndOfTurnModel(folder.Resolve(options.Value.TurnPath, $"{HearingOptions.Section}:{nameof(HearingOptions.TurnPath)}"));
        using (var stream = _voice.CreateStream())
        {
            stream.Next(new float[VoiceActivityModel.WindowSamples]);
        }

        _endOfTurn.Ask(new float[VoiceActivityModel.WindowSamples]);
        progress.Ready($"{Name(options.Value.VoicePath)}, {Name(options.Value.TurnPath)}", "cpu");
        return Task.CompletedTask;
    }

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path);

    private T Ready<T>(T? model) where T : class => _readiness.IsReady && model is not null
        ? model
        : throw new OpenAiException($"Live speech cannot be heard yet: {_readiness.Stage}", 503, code: "model_not_ready", type: "server_error") { RetryAfter = TimeSpan.FromSeconds(5) };
}
