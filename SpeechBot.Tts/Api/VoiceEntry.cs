using System.Text.Json.Serialization;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tts.Api;

/// <summary>A voice as <c>GET /v1/voices</c> lists it.</summary>
/// <param name="Id">The name to put into <c>voice</c>.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Language">Language and region.</param>
/// <param name="Gender">male, female, or null where it is not known.</param>
/// <param name="SampleRate">Samples a second that the voice makes; answers are resampled.</param>
/// <param name="Licence">The licence of its data set, or null.</param>
/// <param name="Description">How it was made, or null.</param>
/// <param name="Aliases">OpenAI's names that stand for it.</param>
/// <param name="Default">It speaks where no voice is named.</param>
public sealed record VoiceEntry(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("gender")] string? Gender,
    [property: JsonPropertyName("sample_rate")] int SampleRate,
    [property: JsonPropertyName("licence")] string? Licence,
    [property: JsonPropertyName("description")] string? Description,
    [property: JsonPropertyName("aliases")] IReadOnlyList<string> Aliases,
    [property: JsonPropertyName("default")] bool Default)
{
    /// <summary>A voice on the wire.</summary>
    public static VoiceEntry Of(VoiceDescription voice, IReadOnlyList<string> aliases, bool isDefault) =>
        new(voice.Id, voice.Name, voice.Language, voice.Gender, voice.SampleRate, voice.Licence, voice.Origin, aliases, isDefault);
}

/// <summary>The answer of <c>GET /v1/voices</c>.</summary>
/// <param name="Data">The voices.</param>
public sealed record VoiceList([property: JsonPropertyName("data")] IReadOnlyList<VoiceEntry> Data)
{
    /// <summary>Always <c>list</c>.</summary>
    [JsonPropertyName("object")]
    public string Object { get; } = "list";
}
