using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

/// <summary>Serves the page's audio modules and plays the server's part of the realtime protocol as a test says.</summary>
internal sealed class AudioHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private WebSocket? _socket;
    private int _connections;

    private AudioHost(WebApplication app) => _app = app;

    /// <summary>Events that the page sent, in order.</summary>
    public ConcurrentQueue<JsonNode> Events { get; } = [];

    /// <summary>Binary frames that the page sent, by size in bytes.</summary>
    public ConcurrentQueue<int> Frames { get; } = [];

    /// <summary>How often the page connected.</summary>
    public int Connections => _connections;

    public Uri Address => new(_app.Urls.First());

    public static async Task<AudioHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = new AudioHost(builder.Build());
        var repository = Directory.GetParent(TestModels.Folder)!.FullName;
        host._app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.Combine(repository, "SpeechBot.Web", "wwwroot")) });
        host._app.UseWebSockets();
        host._app.MapGet("/", () => Results.Content("<button id=talk style='width:80px;height:80px'></button>", "text/html"));
        host._app.Map("/v1/realtime", host.ServeAsync);
        await host._app.StartAsync();
        return host;
    }

    public Task SendAsync(JsonObject message) =>
        _socket!.SendAsync(System.Text.Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>An answer whose audio is a tone of 440 Hz, in frames of 100 ms.</summary>
    public async Task AnswerAsync(string item, int number, double seconds)
    {
        await SendAsync(new() { ["type"] = "response.output_item.added", ["item"] = new JsonObject { ["id"] = item }, ["speechbot"] = new JsonObject { ["audio"] = number } });
        for (var from = 0; from < seconds * 24_000; from += 2_400)
        {
            var frame = new byte[8 + (2 * 2_400)];
            BinaryPrimitives.WriteInt32LittleEndian(frame, number);
            BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), from);
            for (var i = 0; i < 2_400; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(frame.AsSpan(8 + (2 * i)), (short)(8_000 * Math.Sin(2 * Math.PI * 440 * (from + i) / 24_000)));
            }

            await _socket!.SendAsync(frame, WebSocketMessageType.Binary, true, CancellationToken.None);
        }

        await SendAsync(new() { ["type"] = "response.output_audio.done", ["item_id"] = item });
    }

    /// <summary>Breaks the connection, as a server that dies would.</summary>
    public void Break() => _socket!.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket?.Abort();
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        _socket = socket;
        Interlocked.Increment(ref _connections);
        var buffer = new byte[64 * 1024];
        while (socket.State == WebSocketState.Open)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
            {
                return;
            }

            if (received.MessageType == WebSocketMessageType.Binary)
            {
                Frames.Enqueue(received.Count);
            }
            else if (received.MessageType == WebSocketMessageType.Text)
            {
                await TakeAsync(JsonNode.Parse(buffer.AsSpan(0, received.Count))!);
            }
        }
    }

    private async Task TakeAsync(JsonNode message)
    {
        Events.Enqueue(message);
        switch (message["type"]!.GetValue<string>())
        {
            case "speechbot.ping":
                await SendAsync(new() { ["type"] = "speechbot.pong", ["client_time"] = message["client_time"]!.DeepClone(), ["server_time"] = message["client_time"]!.DeepClone() });
                break;
            case "input_audio_buffer.commit":
                await SendAsync(new() { ["type"] = "input_audio_buffer.committed", ["item_id"] = "item_said" });
                break;
        }
    }
}
