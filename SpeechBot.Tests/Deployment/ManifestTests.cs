using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SpeechBot.Tests.Deployment;

public sealed partial class ManifestTests
{
    [Fact]
    public async Task The_manifest_is_the_one_that_the_deployment_was_made_from()
    {
        var folder = Directory.CreateTempSubdirectory("speechbot-manifest-");
        try
        {
            var file = Path.Combine(folder.FullName, "manifest.json");
            await PublishAsync(file);

            var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var expected = await File.ReadAllTextAsync(Path.Combine(ComposeFile.Folder, "manifest.json"), TestContext.Current.CancellationToken);

            Assert.Equal(Comparable(expected), Comparable(written));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Paths depend on where the manifest is, white space and a schema line on who writes it; names, values and their order do not.</summary>
    private static string Comparable(string manifest) =>
        JsonNode.Parse(ProjectPath().Replace(manifest, "\"path\": \"../$1\""))!["resources"]!.ToJsonString();

    private static async Task PublishAsync(string file)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { typeof(Projects.SpeechBot_AppHost).Assembly.Location, "--publisher", "manifest", "--output-path", file })
        {
            start.ArgumentList.Add(argument);
        }

        using var publisher = Process.Start(start)!;
        var said = publisher.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await publisher.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);

        // aspirate takes anything on the error stream for a failure.
        Assert.Equal("", complained);
        Assert.True(publisher.ExitCode == 0, await said);
    }

    [GeneratedRegex("""
        "path":\s*"[^"]*/(SpeechBot\.\w+/SpeechBot\.\w+\.csproj)"
        """)]
    private static partial Regex ProjectPath();
}
