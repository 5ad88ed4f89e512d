using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Realtime;

/// <summary>A client of <c>GET /v1/realtime</c> on web, with audio in binary frames. May be used from several threads; one reads.</summary>
public sealed class RealtimeClient : IAsyncDisposable
{
    /// <summary>Samples per second of all audio, both ways.</summary>
    public const int SampleRate = 24_000;

    private const int AudioHeaderBytes = 8;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);

    private RealtimeClient()
    {
    }

    /// <param name="web">Address of web, such as http://localhost:5100.</param>
    /// <param name="key">API key, where one is asked for.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<RealtimeClient> ConnectAsync(Uri web, string? key, CancellationToken cancellation)
    {
        var client = new RealtimeClient();
        if (key is not null)
        {
            client._socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        }

        var address = new UriBuilder(web) { Scheme = web.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs, Path = "/v1/realtime" };
        await client._socket.ConnectAsync(address.Uri, cancellation);
        return client;
    }

    /// <summary>Sends an event; the object's properties are named as they are on the wire.</summary>
    public Task SendAsync(object message, CancellationToken cancellation) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, cancellation);

    /// <summary>Sends microphone samples at <see cref="SampleRate"/>.</summary>
    public Task SendAudioAsync(ReadOnlySpan<float> samples, CancellationToken cancellation) =>
        SendAsync(Pcm16.ToBytes(samples), WebSocketMessageType.Binary, cancellation);

    /// <summary>What arrives, until the server closes.</summary>
    public async IAsyncEnumerable<RealtimeMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (_socket.State == WebSocketState.Open)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                received = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                length += received.Count;
            }
            while (!received.EndOfMessage);

            if (received.MessageType == WebSocketMessageType.Close)
            {
                yield break;
            }

            yield return received.MessageType == WebSocketMessageType.Text ? Event(buffer.AsMemory(0, length)) : Audio(buffer.AsSpan(0, length));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
            catch (Exception ended) when (ended is WebSocketException or OperationCanceledException)
            {
                // The server was faster, or is gone: closed either way.
            }
        }

        _socket.Dispose();
        _sending.Dispose();
    }

    private static RealtimeEvent Event(ReadOnlyMemory<byte> bytes)
    {
        var now = Stopwatch.GetTimestamp();
        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement.Clone();
        return new(now, json.GetProperty("type").GetString()!, json);
    }

    private static RealtimeAudio Audio(ReadOnlySpan<byte> bytes) => new(
        Stopwatch.GetTimestamp(),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        Pcm16.ToSamples(bytes[AudioHeaderBytes..]));

    private async Task SendAsync(byte[] bytes, WebSocketMessageType type, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            await _socket.SendAsync(bytes, type, endOfMessage: true, cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }
}
