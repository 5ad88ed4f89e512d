using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.Llm.Replies;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.ServiceDefaults.Models;

/// <summary>A build without the GPU packages: who is asked for CUDA says that there is none, and runs on the CPU.</summary>
public sealed class AcceleratorTests
{
    [Fact]
    public Task The_ears_fall_back_and_say_why() => FallsBackAsync<TranscriptionOptions>();

    [Fact]
    public Task The_brain_falls_back_and_says_why() => FallsBackAsync<ReplyOptions>();

    [Fact]
    public Task The_voice_falls_back_and_says_why() => FallsBackAsync<SpeechOptions>();

    private static async Task FallsBackAsync<TService>() where TService : class
    {
        await using var service = new WebApplicationFactory<TService>().WithWebHostBuilder(host => host
            .UseSetting("Accelerator", "cuda").UseSetting("Llm:Nice", "0").UseSetting("Cores:Lease", "off"));
        using var client = service.CreateClient();
        await service.Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        var health = JsonDocument.Parse(await client.GetStringAsync("/health", TestContext.Current.CancellationToken)).RootElement;
        var accelerator = health.GetProperty("checks").GetProperty("model").GetProperty("data").GetProperty("accelerator").GetString();

        Assert.SkipWhen(accelerator == "cuda", "This build has the GPU packages, and this machine a GPU.");
        Assert.StartsWith("cpu (", accelerator);
        Assert.Contains("CUDA", accelerator);
    }
}
