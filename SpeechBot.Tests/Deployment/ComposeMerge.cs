using System.Text.Json.Nodes;

namespace SpeechBot.Tests.Deployment;

/// <summary>
/// One compose file over another → one, as the Compose specification says under "Merge": mappings are merged, lists appended, commands
/// replaced, volumes told apart by their target; <c>!reset</c> removes and <c>!override</c> replaces what there was.
/// </summary>
internal static class ComposeMerge
{
    private const string Reset = "!reset";
    private const string Override = "!override";
    private static readonly string[] Commands = ["command", "entrypoint", "test"];

    public static JsonObject Merge(JsonObject below, JsonObject above)
    {
        var merged = below.DeepClone().AsObject();
        foreach (var (name, value) in above)
        {
            if (value is JsonObject removing && removing.ContainsKey(Reset))
            {
                merged.Remove(name);
            }
            else if (value is JsonObject replacing && replacing.ContainsKey(Override))
            {
                merged[name] = replacing[Override]?.DeepClone();
            }
            else
            {
                merged[name] = Merge(name, merged[name], value);
            }
        }

        return merged;
    }

    private static JsonNode? Merge(string name, JsonNode? below, JsonNode? above) => (below, above) switch
    {
        (JsonObject, JsonObject) => Merge(below.AsObject(), above.AsObject()),
        (JsonArray, JsonArray) when !Commands.Contains(name) => Append(name, below.AsArray(), above.AsArray()),
        (JsonObject, JsonArray) or (JsonArray, JsonObject) => throw new NotSupportedException($"'{name}' is a list in one file and a mapping in the other."),
        _ => above?.DeepClone(),
    };

    private static JsonArray Append(string name, JsonArray below, JsonArray above)
    {
        var replaced = above.Select(item => Identity(name, item)).ToHashSet();
        return [.. below.Where(item => !replaced.Contains(Identity(name, item))).Concat(above).Select(item => item?.DeepClone())];
    }

    private static string? Identity(string name, JsonNode? item) => (name, item) switch
    {
        ("volumes", JsonObject mount) => mount["target"]?.ToString(),
        ("volumes", JsonValue mount) => mount.ToString().Split(':') is [_, var target, ..] ? target : mount.ToString(),
        _ => item?.ToJsonString(),
    };
}
