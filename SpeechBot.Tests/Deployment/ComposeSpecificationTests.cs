using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SpeechBot.Tests.Deployment;

/// <summary>The files of deploy/ in each combination that docs/deploy.md names, as compose would take them.</summary>
public sealed partial class ComposeSpecificationTests
{
    private const string Gpu = "docker-compose.gpu.yaml";
    private const string Baked = "docker-compose.baked.yaml";
    private static readonly Dictionary<string, string> Secrets = new() { ["API_KEY"] = "key", ["CACHE_PASSWORD"] = "password" };

    [Theory]
    [InlineData(ComposeProject.Generated)]
    [InlineData(ComposeProject.Generated, ComposeProject.Override)]
    [InlineData(ComposeProject.Generated, ComposeProject.Override, Gpu)]
    [InlineData(ComposeProject.Generated, ComposeProject.Override, Baked)]
    [InlineData(ComposeProject.Generated, ComposeProject.Override, Gpu, Baked)]
    public void The_files_together_are_a_compose_file_with_nothing_left_open(params string[] files)
    {
        var compose = ComposeProject.Load(Secrets, files);

        Assert.Empty(ComposeSchema.Errors(compose.Document));
        Assert.All(compose.Texts(), text => Assert.DoesNotMatch(Placeholder(), text.Text));
        Assert.All(compose.Texts().Where(text => !text.Path.Contains("healthcheck")), text => Assert.DoesNotContain("$", text.Text));
    }

    [Fact]
    public void The_schema_finds_a_mistake()
    {
        var compose = ComposeProject.Load(Secrets, ComposeProject.Generated).Document;
        compose["services"]!["web"]!["ports"] = "everywhere";

        Assert.Contains(ComposeSchema.Errors(compose), error => error.Contains("/services/web/ports"));
    }

    [Theory]
    [InlineData("API_KEY")]
    [InlineData("CACHE_PASSWORD")]
    public void Without_its_secrets_nothing_starts(string missing)
    {
        var some = Secrets.Where(secret => secret.Key != missing).ToDictionary();

        var refused = Assert.Throws<KeyNotFoundException>(() => ComposeProject.Load(some, ComposeProject.Generated));

        Assert.Equal($"{missing}: set {missing}", refused.Message);
    }

    [Fact]
    public void Services_are_found_where_they_listen()
    {
        var compose = ComposeProject.Load(Secrets, ComposeProject.Generated, ComposeProject.Override);
        foreach (var service in new[] { "stt", "llm", "tts" })
        {
            Assert.Equal($"http://{service}:{compose.Environment(service)["HTTP_PORTS"]}", compose.Environment("web")[$"services__{service}__http__0"]);
        }

        Assert.StartsWith("cache:6379,password=", compose.Environment("web")["ConnectionStrings__cache"]);
    }

    [Fact]
    public void Only_the_page_is_open_to_the_network_and_no_service_can_write_to_its_files()
    {
        var compose = ComposeProject.Load(Secrets, ComposeProject.Generated, ComposeProject.Override);

        Assert.Equal(["web"], compose.Services.Where(service => compose.Of(service, "ports") is not null));
        Assert.All(["web", "stt", "llm", "tts"], service =>
        {
            Assert.True(compose.Of(service, "read_only")!.GetValue<bool>());
            Assert.Equal(["/tmp"], compose.Of(service, "tmpfs")!.AsArray().Select(folder => folder!.ToString()));
        });
    }

    [Fact]
    public void Lists_are_appended_and_commands_replaced()
    {
        var below = JsonNode.Parse("""{"a": {"volumes": ["x:/data", "y:/other"], "command": ["old"], "ports": [1], "b": [1]}}""")!.AsObject();
        var above = JsonNode.Parse("""{"a": {"volumes": ["z:/data:ro"], "command": ["new"], "ports": {"!reset": []}, "b": [2], "c": 3}}""")!.AsObject();

        Assert.Equal("""{"a":{"volumes":["y:/other","z:/data:ro"],"command":["new"],"b":[1,2],"c":3}}""", ComposeMerge.Merge(below, above).ToJsonString());
    }

    /// <summary>What the manifest writes for a value that is not known yet.</summary>
    [GeneratedRegex(@"\{[A-Za-z][\w-]*\.[\w.-]+\}")]
    private static partial Regex Placeholder();
}
