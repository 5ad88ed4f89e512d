using System.Text.Json.Nodes;

namespace SpeechBot.Tests.Deployment;

/// <summary>Compose files of deploy/ as <c>docker compose</c> reads them: variables filled in, then merged in the order given.</summary>
internal sealed class ComposeProject
{
    /// <summary>What aspirate writes.</summary>
    public const string Generated = "docker-compose.yaml";

    /// <summary>What compose merges into it by itself.</summary>
    public const string Override = "docker-compose.override.yaml";

    private ComposeProject(JsonObject document) => Document = document;

    public JsonObject Document { get; }

    public IEnumerable<string> Services => Document["services"]!.AsObject().Select(service => service.Key);

    public static ComposeProject Load(IReadOnlyDictionary<string, string> variables, params IEnumerable<string> files)
    {
        var fill = new ComposeVariables(variables).Fill;
        return new ComposeProject(files.Select(file => YamlToJson.Convert(ComposeFile.Load(file), fill)!.AsObject()).Aggregate(ComposeMerge.Merge));
    }

    public JsonNode? Of(string service, string key) => Document["services"]![service]![key];

    public Dictionary<string, string> Environment(string service) =>
        Of(service, "environment")!.AsObject().ToDictionary(variable => variable.Key, variable => variable.Value!.ToString());

    /// <summary>The command that tells whether the service is well.</summary>
    public string[] HealthTest(string service) => [.. Of(service, "healthcheck")!["test"]!.AsArray().Select(part => part!.ToString())];

    /// <summary>Every text in it, with the path to it.</summary>
    public IEnumerable<(string Path, string Text)> Texts() => Texts(Document);

    private static IEnumerable<(string Path, string Text)> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value => [(value.GetPath(), value.ToString())],
        _ => [],
    };
}
