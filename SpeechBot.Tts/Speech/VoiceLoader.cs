using System.Text.Json;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tts.Phonemes;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// Loads the voice and the pronunciations side by side, and speaks a few words to nobody before the first request. Later it can bring
/// another voice in.
/// </summary>
public sealed class VoiceLoader(
    ModelReadiness readiness, ModelFolder models, ModelStore store, VoiceHost host, OptimisedVoices optimised, IOptions<SpeechOptions> options, TimeProvider time, ILogger<VoiceLoader> logger)
    : ModelLoader(readiness, logger), ISwitchableModel
{
    private readonly ModelReadiness _readiness = readiness;
    private Phonemizer? _phonemizer;

    /// <inheritdoc/>
    public string Kind => "tts";

    /// <inheritdoc/>
    public async Task SwitchAsync(string path, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var synthesizer = new Synthesizer(await Task.Run(() => LoadVoice(path), cancellationToken), _phonemizer!);
        try
        {
            await Task.Run(() => synthesizer.WarmUp(cancellationToken), cancellationToken);
        }
        catch (SpeechException exception)
        {
            synthesizer.Dispose();
            throw new ModelLoadException($"'{path}' was loaded, but cannot speak: {exception.Message}", path, exception);
        }

        host.Use(synthesizer);
        _readiness.Ready(Path.GetFileNameWithoutExtension(path), synthesizer.Accelerator, time.GetElapsedTime(started));
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(ModelReadiness progress, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var voicePath = await store.ChosenAsync(Kind, settings.VoicePath, "Tts:VoicePath", progress.Report, cancellationToken);
        progress.Report($"loading the voice {Path.GetFileNameWithoutExtension(voicePath)} ({new FileInfo(voicePath).Length / 1_000_000} MB)");

        var engine = Task.Run(() => LoadVoice(voicePath), cancellationToken);
        _phonemizer = LoadPhonemizer(settings);
        var synthesizer = new Synthesizer(await engine, _phonemizer);

        progress.Report("warming up");
        synthesizer.WarmUp(cancellationToken);
        host.Use(synthesizer);
        progress.Ready(Path.GetFileNameWithoutExtension(voicePath), synthesizer.Accelerator);
    }

    private PiperEngine LoadVoice(string path) => PiperEngine.Load(path, options.Value.EffectiveFirstClauseThreads, options.Value.Accelerator, optimised);

    private Phonemizer LoadPhonemizer(SpeechOptions settings)
    {
        var lexicons = settings.LexiconPaths.Select(path => models.Resolve(path, "Tts:LexiconPaths")).ToList();
        var spelling = models.Resolve(settings.SpellingPath, "Tts:SpellingPath");
        try
        {
            return new Phonemizer(Lexicon.Load(lexicons), SpellingNetwork.Load(spelling));
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new ModelLoadException($"The pronunciations cannot be read ({exception.Message}). Fetch {string.Join(", ", lexicons.Append(spelling))} again.", inner: exception);
        }
    }
}
