using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SpeechBot.Tests.Support.Fakes;

/// <summary>
/// Ears, brain and voice that say what a test tells them to, over real HTTP on a free port. For timing and failure cases only:
/// everything else is tested on the real engines.
/// </summary>
public sealed class ScriptedEngines : IAsyncDisposable
{
    private const int SampleRate = 24_000;
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<EngineCall> _calls = new();

    private ScriptedEngines(WebApplication app) => _app = app;

    /// <summary>What the ears understand.</summary>
    public string Transcript { get; set; } = "What is the capital of France?";

    /// <summary>What the brain answers; it comes word by word.</summary>
    public string Reply { get; set; } = "The capital of France is Paris. It lies on the river Seine.";

    /// <summary>How long each clause's audio is.</summary>
    public TimeSpan ClauseAudio { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Awaited by an engine ("stt", "llm", "tts") before it answers: delay it, or throw to make it fail.</summary>
    public Func<EngineCall, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Every request so far, in order; the brain's prefill-only requests have the engine "prefill".</summary>
    public IReadOnlyList<EngineCall> Calls => [.. _calls];

    /// <summary>Ears that listen on <c>/v1/realtime</c>.</summary>
    public ScriptedEars Ears { get; } = new();

    /// <summary>Where they are.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The settings by which the web service finds them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings => new[] { "stt", "llm", "tts" }.Select(name => KeyValuePair.Create($"services:{name}:http:0", (string?)Address.ToString()));

    /// <summary>Starts them.</summary>
    public static async Task<ScriptedEngines> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var engines = new ScriptedEngines(builder.Build());
        engines.Map();
        await engines._app.StartAsync();
        engines.Address = new Uri(engines._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return engines;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.UseWebSockets();
        _app.MapGet("/health", () => Results.Json(new { status = "Healthy", checks = new { model = new { status = "Healthy", data = new { model = "scripted", accelerator = "cpu", seconds = 0.5 } } } }));
        _app.MapGet("/v1/models", () => Results.Json(new { data = new[] { new { id = "scripted-135M" } } }));
        _app.MapGet("/v1/voices", () => Results.Json(new { data = new[] { new { id = "scripted", name = "Scripted", language = "en" } } }));
        _app.MapPost("/v1/audio/transcriptions", async (HttpContext context) =>
        {
            // Refusing a body that is still on its way would look like a lost connection.
            await context.Request.Body.CopyToAsync(Stream.Null);
            await CalledAsync(context, "stt", "");
            await context.Response.WriteAsJsonAsync(new { text = Transcript });
        });
        _app.MapPost("/v1/audio/speech", async (HttpContext context) =>
        {
            await CalledAsync(context, "tts", await ReadAsync(context));
            await context.Response.Body.WriteAsync(new byte[(int)(ClauseAudio.TotalSeconds * SampleRate) * sizeof(short)]);
        });
        _app.MapPost("/v1/chat/completions", async (HttpContext context) => await ChatAsync(context, JsonNode.Parse(await ReadAsync(context))!));
        _app.MapGet("/v1/realtime", Ears.HandleAsync);
    }

    private async Task ChatAsync(HttpContext context, JsonNode request)
    {
        if ((int?)request["max_completion_tokens"] == 0)
        {
            _calls.Enqueue(new EngineCall("prefill", request.ToJsonString(), context.RequestAborted, null));
            await context.Response.WriteAsJsonAsync(Completion("chat.completion", "message", ""));
            return;
        }

        await CalledAsync(context, "llm", request.ToJsonString());
        context.Response.ContentType = "text/event-stream";
        foreach (var word in Reply.Split(' ').Select((word, index) => index == 0 ? word : " " + word))
        {
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(Completion("chat.completion.chunk", "delta", word))}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private async Task CalledAsync(HttpContext context, string engine, string body)
    {
        var call = new EngineCall(engine, body, context.RequestAborted, context.Request.Headers.TraceParent);
        _calls.Enqueue(call);
        await Before(call);
    }

    private static Dictionary<string, object> Completion(string kind, string field, string text) => new()
    {
        ["id"] = "chatcmpl-1",
        ["object"] = kind,
        ["created"] = 1,
        ["model"] = "scripted-135M",
        ["choices"] = new[] { new Dictionary<string, object?> { ["index"] = 0, [field] = new { role = "assistant", content = text }, ["finish_reason"] = field == "message" ? "stop" : null } },
    };

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync();
    }
}
