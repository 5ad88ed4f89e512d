using System.Net.WebSockets;
using System.Text.Json;

namespace SpeechBot.Tests.Support;

/// <summary>A client of <c>/v1/realtime</c>, as a test needs one: sends, and waits for what it expects.</summary>
public sealed class RealtimeClient(WebSocket socket) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly byte[] _buffer = new byte[1024 * 1024];

    /// <summary>Every event so far, in order.</summary>
    public List<JsonElement> Events { get; } = [];

    /// <summary>All binary audio so far, without its headers.</summary>
    public MemoryStream Audio { get; } = new();

    /// <summary>The types of the events so far, runs of the same type as one.</summary>
    public IEnumerable<string> Types => Events.Select(TypeOf).Aggregate(new List<string>(), (types, type) =>
    {
        if (types.LastOrDefault() != type)
        {
            types.Add(type);
        }

        return types;
    });

    public Task SendAsync(object message) => SendTextAsync(JsonSerializer.Serialize(message));

    public Task SendTextAsync(string text) => socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task SendAudioAsync(ReadOnlyMemory<byte> pcm) => socket.SendAsync(pcm, WebSocketMessageType.Binary, true, CancellationToken.None).AsTask();

    /// <summary>Half a second of silence, committed; and its answer asked for.</summary>
    public async Task AskByVoiceAsync()
    {
        await SendAudioAsync(new byte[24_000]);
        await SendAsync(new { type = "input_audio_buffer.commit" });
        await SendAsync(new { type = "response.create" });
    }

    /// <summary>A typed message; and its answer asked for.</summary>
    public async Task AskAsync(string text)
    {
        await SendAsync(new { type = "conversation.item.create", item = new { type = "message", role = "user", content = new[] { new { type = "input_text", text } } } });
        await SendAsync(new { type = "response.create" });
    }

    /// <summary>Reads until an event of this type that is as wanted; one that has come already does not count.</summary>
    public async Task<JsonElement> WaitForAsync(string type, Func<JsonElement, bool>? wanted = null)
    {
        using var impatience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (await ReadAsync(impatience.Token) is { } message && TypeOf(message) == type && (wanted?.Invoke(message) ?? true))
                {
                    return message;
                }
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No {type} came. What came: {string.Join(", ", Types)}. Last: {Events.LastOrDefault()}");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        return ValueTask.CompletedTask;
    }

    private static string TypeOf(JsonElement message) => message.GetProperty("type").GetString()!;

    private async Task<JsonElement?> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException($"The connection was closed: {socket.CloseStatusDescription}");
            }

            if (part.EndOfMessage)
            {
                if (part.MessageType == WebSocketMessageType.Binary)
                {
                    Audio.Write(_buffer, 8, length - 8);
                    return null;
                }

                var message = JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
                Events.Add(message);
                return message;
            }
        }
    }
}
