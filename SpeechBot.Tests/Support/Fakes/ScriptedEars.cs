using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace SpeechBot.Tests.Support.Fakes;

/// <summary>The listening side of the ears: a test says what they hear with <see cref="Say"/>.</summary>
public sealed class ScriptedEars
{
    private readonly Channel<object> _events = Channel.CreateUnbounded<object>();

    /// <summary>What the ears were sent that is not audio, in order.</summary>
    public Channel<JsonElement> Received { get; } = Channel.CreateUnbounded<JsonElement>();

    /// <summary>The sizes of the pieces of audio that they were sent, in bytes.</summary>
    public ConcurrentQueue<int> Audio { get; } = new();

    /// <summary>Sends an event to whoever listens, now or as soon as somebody does.</summary>
    public void Say(object message) => _events.Writer.TryWrite(message);

    internal async Task HandleAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var sending = SendAsync(socket, ended.Token);
        var buffer = new byte[1024 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), ended.Token) is { MessageType: not WebSocketMessageType.Close } part)
            {
                if (part.MessageType == WebSocketMessageType.Binary)
                {
                    Audio.Enqueue(part.Count);
                }
                else if (JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, part.Count)) is var message
                    && message.GetProperty("type").GetString() != "input_audio_buffer.append")
                {
                    await Received.Writer.WriteAsync(message);
                }
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The web service hung up.
        }

        await ended.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        await foreach (var message in _events.Reader.ReadAllAsync(cancellationToken))
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancellationToken);
        }
    }
}
