using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpeechBot.Llm.Replies;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Llm;

/// <summary>A model that cannot be used leaves the service up, and saying why.</summary>
public sealed class BrokenModelTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_missing_file_is_named() => ExpectAsync("Llm:ModelPath", "llm/nothing-here.gguf", "nothing-here.gguf", "does not exist", "Llm:ModelPath");

    [Fact]
    public async Task A_file_that_is_no_model_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        await File.WriteAllTextAsync(path, "This is a letter, not a model.", Cancelled);
        try
        {
            await ExpectAsync("Llm:ModelPath", path, path, "complete GGUF");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_download_that_broke_off_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        await using (var whole = File.OpenRead(TestModels.Path("llm/SmolLM2-135M-Instruct.Q4_1.gguf")))
        {
            var part = new byte[5_000_000];
            await whole.ReadExactlyAsync(part, Cancelled);
            await File.WriteAllBytesAsync(path, part, Cancelled);
        }

        try
        {
            await ExpectAsync("Llm:ModelPath", path, path, "complete GGUF");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public Task A_template_that_the_engine_does_not_know_names_the_setting() =>
        ExpectAsync("Llm:ChatTemplate", "{% for m in messages %}{{ m.content }}{% endfor %}", "Llm:ChatTemplate", "chatml");

    [Fact]
    public async Task A_template_can_be_given_by_its_name()
    {
        await using var service = Service(("Llm:ChatTemplate", "chatml"));
        using var client = service.CreateClient();
        await service.Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health", Cancelled)).StatusCode);
    }

    [Fact]
    public void Settings_that_cannot_work_are_all_told_at_once()
    {
        using var service = Service(("Llm:ConversationTokens", "5"), ("Llm:Temperature", "9"));
        var exception = Assert.Throws<OptionsValidationException>(service.CreateClient);
        Assert.Contains("ConversationTokens is 5", exception.Message);
        Assert.Contains("Temperature is 9", exception.Message);
    }

    private static async Task ExpectAsync(string setting, string value, params string[] words)
    {
        await using var service = Service((setting, value));
        using var client = service.CreateClient();
        await Assert.ThrowsAsync<ModelLoadException>(() => service.Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(1), Cancelled));

        var health = await client.GetAsync("/health", Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        var reason = await health.Content.ReadAsStringAsync(Cancelled);
        Assert.All(words, word => Assert.Contains(word, reason));

        using var chat = await client.PostAsJsonAsync("/v1/chat/completions", new { messages = Brain.Messages("Hello") }, Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, chat.StatusCode);
        var error = (await chat.Content.ReadFromJsonAsync<OpenAiErrorEnvelope>(Cancelled))!.Error;
        Assert.Equal("model_not_ready", error.Code);
        Assert.All(words, word => Assert.Contains(word, error.Message));
    }

    private static WebApplicationFactory<ReplyOptions> Service(params (string Setting, string Value)[] settings) =>
        new WebApplicationFactory<ReplyOptions>().WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Llm:Nice", "0").UseSetting("Cores:Lease", "off");
            foreach (var (setting, value) in settings)
            {
                builder.UseSetting(setting, value);
            }
        });
}
