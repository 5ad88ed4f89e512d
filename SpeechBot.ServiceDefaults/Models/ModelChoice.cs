using System.Text.Json.Serialization;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>A model that a service can change to, as <c>GET /v1/speechbot/models</c> lists it.</summary>
/// <param name="Id">The name to put into <c>model</c>.</param>
/// <param name="Name">What it is, for people.</param>
/// <param name="InUse">It serves now.</param>
/// <param name="Present">It is on this machine; else it is downloaded first.</param>
/// <param name="Size">Bytes of its file, or null.</param>
/// <param name="Licence">Its licence, or null.</param>
/// <param name="Languages">What it understands or speaks.</param>
/// <param name="Note">What it needs, or null.</param>
public sealed record ModelChoice(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("in_use")] bool InUse,
    [property: JsonPropertyName("present")] bool Present,
    [property: JsonPropertyName("size")] long? Size,
    [property: JsonPropertyName("licence")] string? Licence,
    [property: JsonPropertyName("languages")] IReadOnlyList<string> Languages,
    [property: JsonPropertyName("note")] string? Note)
{
    internal static ModelChoice Of(StoredModel model, bool inUse) =>
        new(model.Id, model.Entry?.Name ?? model.Id, inUse, model.Path is not null, model.Size, model.Entry?.Licence, model.Entry?.Languages ?? [], model.Entry?.Note);
}

/// <summary>The answer of <c>GET /v1/speechbot/models</c>.</summary>
/// <param name="Data">The models.</param>
public sealed record ModelChoices([property: JsonPropertyName("data")] IReadOnlyList<ModelChoice> Data);

/// <summary>The body of <c>PUT /v1/speechbot/model</c>.</summary>
/// <param name="Model">The id of the model to change to.</param>
public sealed record WantedModel([property: JsonPropertyName("model")] string? Model);

/// <summary>The answer of <c>PUT /v1/speechbot/model</c>.</summary>
/// <param name="Model">The id of the model that serves now.</param>
/// <param name="Accelerator">Where it runs.</param>
/// <param name="Seconds">How long the change took.</param>
public sealed record SwitchedModel(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("accelerator")] string Accelerator,
    [property: JsonPropertyName("seconds")] double Seconds);
