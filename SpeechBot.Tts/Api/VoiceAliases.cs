using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tts.Api;

/// <summary>Names → voices and models: our own, and OpenAI's, which every client knows.</summary>
public sealed class VoiceAliases(VoiceHost host)
{
    /// <summary>OpenAI's voices; they stand for ours, spread over the speakers where a model has several.</summary>
    public static readonly IReadOnlyList<string> OpenAiVoices =
        ["alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse", "marin", "cedar"];

    /// <summary>OpenAI's models that speak.</summary>
    public static readonly IReadOnlyList<string> OpenAiModels = ["tts-1", "tts-1-hd", "gpt-4o-mini-tts"];

    // Where a voice model has hundreds of speakers, an error that lists them all helps nobody.
    private const int MostListed = 20;

    /// <summary>The models that <c>/v1/models</c> lists: the voice's own name first.</summary>
    public IEnumerable<string> Models => host.Voices.Take(1).Select(voice => voice.Id.Split(':')[0]).Concat(OpenAiModels);

    /// <summary>OpenAI's names for a voice.</summary>
    public IReadOnlyList<string> Of(VoiceDescription voice) => [.. OpenAiVoices.Where(alias => ByAlias(alias) == voice)];

    /// <summary>The voice of a name; the default where none is given.</summary>
    /// <exception cref="OpenAiException">There is no such voice; the message lists those there are.</exception>
    public VoiceDescription Find(string? name)
    {
        var voices = host.Synthesizer.Voices;
        return string.IsNullOrEmpty(name) ? voices[0]
            : voices.FirstOrDefault(voice => string.Equals(voice.Id, name, StringComparison.OrdinalIgnoreCase))
            ?? (OpenAiVoices.Contains(name.ToLowerInvariant()) ? ByAlias(name.ToLowerInvariant()) : null)
            ?? (host.WasHere(name) ? voices[0] : null)
            ?? throw new OpenAiException(
                $"There is no voice '{Shorten(name)}'. Known: {string.Join(", ", voices.Take(MostListed).Select(voice => voice.Id))}{(voices.Count > MostListed ? $" and {voices.Count - MostListed} more (/v1/voices)" : "")}; "
                + $"also these names, which stand for them: {string.Join(", ", OpenAiVoices)}.",
                param: "voice", code: "voice_not_found");
    }

    /// <summary>Checks the name of a model.</summary>
    /// <exception cref="OpenAiException">There is no such model.</exception>
    public void CheckModel(string? name)
    {
        if (!string.IsNullOrEmpty(name) && !Models.Contains(name, StringComparer.OrdinalIgnoreCase) && !host.WasHere(name))
        {
            throw ModelListApi.NotFound(Shorten(name), Models);
        }
    }

    private VoiceDescription? ByAlias(string alias) =>
        host.Voices is { Count: > 0 } voices ? voices[OpenAiVoices.ToList().IndexOf(alias) % voices.Count] : null;

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
