using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.Llm.Replies;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tests.Llm;

/// <summary>The brain with the starter model, started once for all tests that talk to it. Its conversations are short, so that they overflow soon.</summary>
public sealed class Brain : WebApplicationFactory<ReplyOptions>, IAsyncLifetime
{
    public const string System = "You are a helpful AI assistant. Reply in one or two short sentences.";

    public const int ConversationTokens = 400;

    public const int MaxParallel = 4;

    public const int QueueLimit = 2;

    public HttpClient Client { get; private set; } = null!;

    internal ReplyScheduler Scheduler => Services.GetRequiredService<ReplyScheduler>();

    public async ValueTask InitializeAsync()
    {
        Client = CreateClient();
        await Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    /// <summary>Asks and waits for the whole reply.</summary>
    public async Task<ChatResponse> AskAsync(object body)
    {
        using var response = await Client.PostAsJsonAsync("/v1/chat/completions", body, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await response.Content.ReadFromJsonAsync<ChatResponse>(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Asks and reads the events as they come; null is the end mark.</summary>
    public async IAsyncEnumerable<ChatChunk?> StreamAsync(object body, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var json = JsonSerializer.SerializeToNode(body)!.AsObject();
        json["stream"] = true;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create<JsonNode>(json) };
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return line == "data: [DONE]" ? null : JsonSerializer.Deserialize<ChatChunk>(line["data: ".Length..]);
            }
        }
    }

    public static object[] Messages(params string[] turns) =>
        [new { role = "system", content = System }, .. turns.Select((text, index) => new { role = index % 2 == 0 ? "user" : "assistant", content = text })];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Tests run beside each other on shared machines: one thread does not wait for a second one that nobody schedules.
        builder.UseSetting("Llm:Nice", "0").UseSetting("Llm:PrefillThreads", "1").UseSetting("Cores:Lease", "off");
        builder.UseSetting("Llm:ContextTokens", "2048").UseSetting("Llm:ConversationTokens", $"{ConversationTokens}").UseSetting("Llm:MaxTokens", "60");
        builder.UseSetting("Llm:MaxParallel", $"{MaxParallel}").UseSetting("Llm:QueueLimit", $"{QueueLimit}");
    }
}

[CollectionDefinition(nameof(Brain))]
public sealed class BrainCollection : ICollectionFixture<Brain>;
