using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Clients;

/// <summary>A connection to the ears: audio and requests in, what they hear out. One writer and one reader at a time.</summary>
public sealed class EarsConnection(WebSocket socket) : IDisposable
{
    private const int MaxEventBytes = 1024 * 1024;

    /// <summary>Sends PCM16, mono, 24 kHz.</summary>
    public ValueTask SendAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) =>
        socket.SendAsync(pcm, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

    /// <summary>Sends an event.</summary>
    public ValueTask SendAsync(object message, CancellationToken cancellationToken) =>
        socket.SendAsync(RealtimeJson.Write(message).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>What the ears tell, until they hang up.</summary>
    public async IAsyncEnumerable<EarsEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxEventBytes);
        try
        {
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    yield break;
                }

                length += part.Count;
                if (part.EndOfMessage)
                {
                    yield return RealtimeJson.Read<EarsEvent>(buffer.AsSpan(0, length));
                    length = 0;
                }
                else if (length == buffer.Length)
                {
                    throw new OpenAiException($"The ears sent an event of more than {MaxEventBytes} bytes.");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
    }
}
