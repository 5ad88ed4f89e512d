using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SpeechBot.Tests.Deployment;

/// <summary>Holds the generated compose file against the manifest by aspirate's rules, and the hand-kept ones against the generated.</summary>
public sealed partial class ComposeTests
{
    private readonly ComposeFile _compose = ComposeFile.Read("docker-compose.yaml");
    private readonly JsonObject _manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(ComposeFile.Folder, "manifest.json")))!["resources"]!.AsObject();

    [Theory]
    [InlineData("cache")]
    [InlineData("web")]
    [InlineData("stt")]
    [InlineData("llm")]
    [InlineData("tts")]
    public void Each_service_has_the_environment_of_the_manifest_with_every_expression_resolved(string service)
    {
        var expected = _manifest[service]!["env"]!.AsObject().ToDictionary(variable => variable.Key, variable => Resolve(variable.Value!.ToString()));

        Assert.Equal(expected, _compose.Environment(service));
    }

    [Fact]
    public void Nothing_is_left_unresolved_but_the_two_secrets_that_compose_asks_for()
    {
        var open = Unresolved().Matches(File.ReadAllText(Path.Combine(ComposeFile.Folder, "docker-compose.yaml"))).Select(match => match.Value).Distinct();

        Assert.Equal(["${CACHE_PASSWORD:?set CACHE_PASSWORD}", "${API_KEY:?set API_KEY}"], open);
    }

    [Fact]
    public void Services_come_in_the_order_of_the_manifest_and_the_page_first_among_the_ports()
    {
        Assert.Equal(_manifest.Where(resource => resource.Value!["type"]!.ToString() is "project.v0" or "container.v0").Select(resource => resource.Key), _compose.Services);
        Assert.Equal("10000", _compose.Of("web", "ports")![0]["published"].ToString());
    }

    [Theory]
    [InlineData("docker-compose.override.yaml")]
    [InlineData("docker-compose.gpu.yaml")]
    [InlineData("docker-compose.baked.yaml")]
    public void What_is_kept_by_hand_names_only_services_that_there_are(string file) =>
        Assert.Subset(_compose.Services.ToHashSet(), ComposeFile.Read(file).Services.ToHashSet());

    [Fact]
    public void Engines_get_a_GPU_where_they_can_use_one()
    {
        var withGpu = _compose.Services.Where(service => _compose.Environment(service).ContainsKey("NVIDIA_VISIBLE_DEVICES"));
        Assert.Equal(withGpu, ComposeFile.Read("docker-compose.gpu.yaml").Services);
    }

    private string Resolve(string value) => Expression().Replace(value, match => match.Groups[1].Value.Split('.') switch
    {
        ["api-key", "value"] => "${API_KEY:?set API_KEY}",
        ["cache-password", "value"] => "${CACHE_PASSWORD:?set CACHE_PASSWORD}",
        [var name, "connectionString"] => Resolve(_manifest[name]!["connectionString"]!.ToString()),
        [var name, "bindings", _, "host"] => name,
        [var name, "bindings", var binding, "port" or "targetPort"] => Port(name, binding),
        [var name, "bindings", var binding, "url"] => $"http://{name}:{Port(name, binding)}",
        _ => throw new InvalidOperationException($"Nobody knows {match.Value}."),
    });

    private string Port(string name, string binding) => _manifest[name]!["bindings"]![binding]!["targetPort"]!.ToString();

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\$?\{[A-Za-z][^}]*\}")]
    private static partial Regex Unresolved();
}
