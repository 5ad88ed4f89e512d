using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.ServiceDefaults.Models;
using SpeechBot.Tests.Support;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.Tts.Speech;

/// <summary>A voice that is not here yet is downloaded when it is first wanted, and /health tells how far that is.</summary>
public sealed class FirstUseTests(FileHub hub) : IClassFixture<FileHub>, IDisposable
{
    private const string Voice = "en_US-far-medium";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("speechbot-first-use-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_voice_of_a_profile_is_downloaded_on_first_use()
    {
        WriteCatalog();
        hub.StallAfter = 5_000_000;
        await using var mouth = new WebApplicationFactory<SpeechOptions>().WithWebHostBuilder(host => host
            .UseSetting("Models:Path", _root.FullName).UseSetting("Models:Downloads", Path.Combine(_root.FullName, "downloads"))
            .UseSetting("Models:BaseAddress", hub.Address.AbsoluteUri).UseSetting("Models:Profile", "far")
            .UseSetting("Models:StallSeconds", "2").UseSetting("Models:RetrySeconds", "0.01"));
        using var client = mouth.CreateClient();
        var ready = mouth.Services.GetRequiredService<ModelReadiness>().WhenReady;

        var told = await UntilAsync(async () => await (await client.GetAsync("/health", Cancelled)).Content.ReadAsStringAsync(Cancelled) is var health
            && health.Contains($"downloading {Voice}.onnx: ", StringComparison.Ordinal) ? health : null);
        Assert.Contains("% of 32 MB", told);
        hub.StallAfter = null;
        await ready.WaitAsync(TimeSpan.FromMinutes(2), Cancelled);

        using var speech = await client.PostAsJsonAsync("/v1/audio/speech", new { voice = Voice, input = "I came from far away." }, Cancelled);
        Assert.True(speech.IsSuccessStatusCode);
        Assert.True(File.Exists(Path.Combine(_root.FullName, "downloads", "tts", $"{Voice}.onnx")));
        Assert.Empty(Directory.EnumerateFiles(_root.FullName, "*.part", SearchOption.AllDirectories));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static async Task<string> UntilAsync(Func<Task<string?>> find)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (await find() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private void WriteCatalog()
    {
        foreach (var name in (string[])["us_gold.json", "us_silver.json", "g2p_en-gru.npz"])
        {
            TestModels.Twin(TestModels.Path($"g2p/{name}"), Path.Combine(_root.FullName, "g2p"), name);
        }

        var files = new JsonArray();
        foreach (var ending in (string[])[".onnx", ".onnx.json"])
        {
            hub.Files[$"voices/resolve/main/{Voice}{ending}"] = File.ReadAllBytes(Path.ChangeExtension(TestModels.StarterVoice, ending));
            files.Add(new JsonObject { ["path"] = $"tts/{Voice}{ending}", ["url"] = $"https://hub.invalid/voices/resolve/main/{Voice}{ending}" });
        }

        var catalog = new JsonObject
        {
            ["profiles"] = new JsonObject { ["far"] = new JsonObject { ["tts"] = Voice } },
            ["models"] = new JsonArray(new JsonObject { ["id"] = Voice, ["kind"] = "tts", ["name"] = "Far", ["licence"] = "CC0", ["files"] = files }),
        };
        File.WriteAllText(Path.Combine(_root.FullName, ModelCatalog.FileName), catalog.ToJsonString());
    }
}
