using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Tts.Speech;

/// <summary>Holds the voice once it is loaded, and answers for it while it is not. Another voice may take its place at any time.</summary>
public sealed class VoiceHost(ModelReadiness readiness) : IDisposable
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);

    private readonly Replaceable<Synthesizer> _voices = new();
    private readonly HashSet<string> _former = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The voices; none while the voice is not loaded.</summary>
    public IReadOnlyList<VoiceDescription> Voices => _voices.Current?.Voices ?? [];

    /// <summary>The loaded voice, for a look; to speak, <see cref="Enter"/>.</summary>
    /// <exception cref="OpenAiException">It is not ready; the message says why (503).</exception>
    public Synthesizer Synthesizer => readiness.IsReady && _voices.Current is { } loaded ? loaded : throw NotReady();

    /// <summary>Takes the loaded voice into use: it stays until the use ends, whoever takes its place meanwhile.</summary>
    /// <exception cref="OpenAiException">It is not ready; the message says why (503).</exception>
    public Replaceable<Synthesizer>.Use Enter() => (readiness.IsReady ? _voices.TryUse() : null) ?? throw NotReady();

    /// <summary>Whether a voice of this name was here before another took its place; those who still ask for it get the new one.</summary>
    public bool WasHere(string name)
    {
        lock (_former)
        {
            return _former.Contains(name);
        }
    }

    /// <summary>Takes a loaded voice into use, in place of the one before.</summary>
    public void Use(Synthesizer synthesizer)
    {
        lock (_former)
        {
            _former.UnionWith(Voices.Select(voice => voice.Id));
        }

        _voices.Replace(synthesizer);
    }

    /// <inheritdoc/>
    public void Dispose() => _voices.Dispose();

    private OpenAiException NotReady() => readiness.Failure is { } failure
        ? new OpenAiException($"The voice cannot be used: {failure.Message}", 503, code: "model_failed", type: "server_error")
        : new OpenAiException($"The voice is not ready yet ({readiness.Stage}). Try again in a few seconds; /health tells when it is.", 503, code: "model_loading", type: "server_error") { RetryAfter = TryAgain };
}
