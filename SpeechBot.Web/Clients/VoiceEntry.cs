using System.Text.Json.Serialization;

namespace SpeechBot.Web.Clients;

/// <summary>A voice as the voice service lists it.</summary>
public sealed record VoiceEntry(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string? Name = null,
    [property: JsonPropertyName("language")] string? Language = null,
    [property: JsonPropertyName("description")] string? Description = null);

/// <summary>The answer of <c>GET /v1/voices</c>.</summary>
public sealed record VoiceList([property: JsonPropertyName("data")] IReadOnlyList<VoiceEntry> Voices);
