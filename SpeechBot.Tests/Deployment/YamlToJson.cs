using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SpeechBot.Tests.Deployment;

/// <summary>YAML → JSON by YAML's core schema. A tagged value becomes an object whose one member is named by the tag.</summary>
internal static class YamlToJson
{
    /// <param name="node">The YAML.</param>
    /// <param name="fill">Fills in the variables of a text; a text that has any stays a text.</param>
    public static JsonNode? Convert(YamlNode node, Func<string, string> fill)
    {
        var json = node switch
        {
            YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(pair.Key.ToString(), Convert(pair.Value, fill)))),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(item => Convert(item, fill))]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: { } plain } when !plain.Contains('$') => Plain(plain),
            YamlScalarNode text => JsonValue.Create(fill(text.Value ?? "")),
            _ => throw new NotSupportedException($"Nobody knows how to read a {node.NodeType}."),
        };
        return node.Tag.IsEmpty || node.Tag.IsNonSpecific ? json : new JsonObject { [node.Tag.Value] = json };
    }

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
