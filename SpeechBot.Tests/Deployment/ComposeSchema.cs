using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace SpeechBot.Tests.Deployment;

/// <summary>The JSON schema of the Compose specification.</summary>
internal static class ComposeSchema
{
    private static readonly Lazy<JsonSchema> Specification = new(Read);

    /// <summary>What is wrong with a compose file; nothing when it is one.</summary>
    public static IEnumerable<string> Errors(JsonObject document)
    {
        var result = Specification.Value.Evaluate(JsonSerializer.SerializeToElement(document), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? [] : (result.Details ?? [])
            .Where(detail => detail.Errors is { Count: > 0 })
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))
            .DefaultIfEmpty("it is not valid, and nobody says why");
    }

    private static JsonSchema Read()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Deployment", "ComposeSpecification", "compose-spec.json")))!;

        // It names draft 7 by another address than the draft itself.
        schema["$schema"] = "http://json-schema.org/draft-07/schema#";
        schema["$id"] = "https://compose-spec.io/compose_spec.json";
        return JsonSchema.FromText(schema.ToJsonString());
    }
}
