using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SpeechBot.ServiceDefaults.OpenAi;

/// <summary>A model as <c>GET /v1/models</c> lists it.</summary>
/// <param name="Id">The name to put into <c>model</c>.</param>
/// <param name="Created">When its file was made, in Unix seconds.</param>
/// <param name="OwnedBy">Who made it.</param>
public sealed record ModelCard(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("owned_by")] string OwnedBy)
{
    /// <summary>Always <c>model</c>.</summary>
    [JsonPropertyName("object")]
    public string Object { get; } = "model";
}

/// <summary>The answer of <c>GET /v1/models</c>.</summary>
/// <param name="Data">The models.</param>
public sealed record ModelList([property: JsonPropertyName("data")] IReadOnlyList<ModelCard> Data)
{
    /// <summary>Always <c>list</c>.</summary>
    [JsonPropertyName("object")]
    public string Object { get; } = "list";
}

/// <summary>Maps <c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
public static class ModelListApi
{
    /// <summary>Maps the two routes on whatever the service serves at the moment.</summary>
    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes, Func<IEnumerable<ModelCard>> models)
    {
        routes.MapGet("/v1/models", () => TypedResults.Ok(new ModelList([.. models()]))).WithTags("Models").WithSummary("The models that this service serves");
        routes.MapGet("/v1/models/{id}", (string id) =>
            models().FirstOrDefault(model => model.Id == id) is { } card
                ? TypedResults.Ok(card)
                : throw NotFound(id, models().Select(model => model.Id)))
            .WithTags("Models").WithSummary("One model");
        return routes;
    }

    /// <summary>The error for a model that is not served here, naming those that are.</summary>
    public static OpenAiException NotFound(string model, IEnumerable<string> served) =>
        new($"There is no model '{model}' here. Served: {string.Join(", ", served)}.", 404, "model", "model_not_found");
}
