using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.Llm.Replies;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Llm;

/// <summary>The brain changes its model while it serves. The other model is the starter brain under another name.</summary>
public sealed class BrainSwitchTests : IAsyncLifetime
{
    private const string Starter = "SmolLM2-135M-Instruct.Q4_1";
    private const string Other = "Twin";
    private const string Broken = "Broken";

    private readonly DirectoryInfo _downloads = Directory.CreateTempSubdirectory("speechbot-downloads-");
    private WebApplicationFactory<ReplyOptions> _brain = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var folder = Path.Combine(_downloads.FullName, "llm");
        TestModels.Twin(TestModels.StarterBrain, folder, $"{Other}.gguf");
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Broken}.gguf"), "This is a letter, not a model.", Cancelled);
        _brain = new WebApplicationFactory<ReplyOptions>().WithWebHostBuilder(host => host
            .UseSetting("Models:Downloads", _downloads.FullName)
            .UseSetting("Llm:Nice", "0").UseSetting("Llm:PrefillThreads", "1").UseSetting("Cores:Lease", "off"));
        _client = _brain.CreateClient();
        await _brain.Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(2), Cancelled);
    }

    [Fact]
    public async Task Whoever_is_being_answered_is_answered_to_the_end_and_the_next_one_by_the_new_model()
    {
        var choices = await _client.GetFromJsonAsync<ModelChoices>("/v1/speechbot/models", Cancelled);
        Assert.True(choices!.Data.Single(model => model.Id == Starter).InUse);
        Assert.True(choices.Data.Single(model => model.Id == Other) is { Present: true, InUse: false });
        Assert.False(choices.Data.Single(model => model.Id.StartsWith("Qwen2.5.1", StringComparison.Ordinal)).Present);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { stream = true, max_tokens = 40, messages = Question("Tell me a long story.") }),
        };
        using var running = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var change = await SwitchAsync(Other);
        var story = await running.Content.ReadAsStringAsync(Cancelled);

        var changed = await change.Content.ReadFromJsonAsync<SwitchedModel>(Cancelled);
        Assert.Equal(Other, changed!.Model);
        Assert.Equal("cpu", changed.Accelerator);
        Assert.EndsWith("data: [DONE]", story.TrimEnd());
        Assert.Contains("\"finish_reason\":\"", story);
        Assert.Contains(Starter, story);

        var (model, answer) = await AskAsync(null);
        Assert.Equal(Other, model);
        Assert.Contains("Paris", answer);
        Assert.Equal(Other, (await AskAsync(Starter)).Model);
        Assert.Contains($"\"model\": \"{Other}\"", await _client.GetStringAsync("/health", Cancelled));
        var listed = await _client.GetFromJsonAsync<JsonElement>("/v1/models", Cancelled);
        Assert.Equal(Other, Assert.Single(listed.GetProperty("data").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_model_that_cannot_be_used_changes_nothing()
    {
        using var broken = await SwitchAsync(Broken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
        var message = await MessageAsync(broken);
        Assert.Contains("complete GGUF", message);
        Assert.EndsWith($"{Starter} stays in use.", message);
        var (model, answer) = await AskAsync(Starter);
        Assert.Equal(Starter, model);
        Assert.Contains("Paris", answer);
        Assert.Contains("\"stage\": \"ready\"", await _client.GetStringAsync("/health", Cancelled));
    }

    [Fact]
    public async Task A_model_that_is_not_here_is_refused_with_those_that_are()
    {
        using var unknown = await SwitchAsync("../../etc/passwd");

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains(Other, await MessageAsync(unknown));
    }

    [Fact]
    public async Task With_an_api_key_only_its_owners_may_change_the_model()
    {
        await using var guarded = _brain.WithWebHostBuilder(host => host.UseSetting("Api:Key", "secret").UseSetting("Llm:ModelPath", "none.gguf"));
        using var client = guarded.CreateClient();

        using var refused = await client.PutAsJsonAsync("/v1/speechbot/model", new WantedModel(Other), Cancelled);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        using var heard = await client.PutAsJsonAsync("/v1/speechbot/model", new WantedModel(Other), Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, heard.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _brain.DisposeAsync();
        _downloads.Delete(recursive: true);
    }

    private static object[] Question(string text) => [new { role = "system", content = Brain.System }, new { role = "user", content = text }];

    private static async Task<string> MessageAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error").GetProperty("message").GetString()!;

    private Task<HttpResponseMessage> SwitchAsync(string model) => _client.PutAsJsonAsync("/v1/speechbot/model", new WantedModel(model), Cancelled);

    private async Task<(string Model, string Answer)> AskAsync(string? model)
    {
        using var response = await _client.PostAsJsonAsync("/v1/chat/completions", new { model, temperature = 0, messages = Question("What is the capital of France?") }, Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
        var reply = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return (reply.GetProperty("model").GetString()!, reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!);
    }
}
