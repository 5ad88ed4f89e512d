using System.Net.WebSockets;

namespace SpeechBot.Stt.Hearing;

/// <summary>A WebSocket → a <see cref="RealtimeSession"/> and back. Text frames are events, binary frames are audio.</summary>
internal sealed class RealtimeConnection(WebSocket socket, RealtimeSession session, HearingOptions options, TimeProvider time)
{
    private const int MaxMessageBytes = 256 * 1024;
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = session.RunAsync(stop.Token);
        var sending = SendAsync(stop.Token);
        try
        {
            await ReceiveAsync(stop.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has gone, or the service stops.
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(working, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxMessageBytes];
        while (await ReadAsync(buffer, cancellationToken) is { } message)
        {
            var bytes = buffer.AsMemory(0, message.Length);
            if (message.TooLarge)
            {
                await session.RefuseAsync(new RealtimeException($"A message is at most {MaxMessageBytes / 1024} KiB; send audio in smaller pieces.", "message_too_large"), null, cancellationToken);
            }
            else if (message.Type == WebSocketMessageType.Binary)
            {
                await session.AppendAsync(bytes.ToArray(), cancellationToken);
            }
            else
            {
                await session.ReceiveAsync(bytes, cancellationToken);
            }
        }
    }

    /// <summary>The next whole message, or null when the client closes or has been silent for too long. What does not fit is read and left out.</summary>
    private async Task<Message?> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(TimeSpan.FromSeconds(options.IdleSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        var (length, tooLarge) = (0, false);
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), either.Token);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    await CloseAsync(WebSocketCloseStatus.NormalClosure, "");
                    return null;
                }

                length += result.Count;
                if (result.EndOfMessage)
                {
                    return new Message(result.MessageType, length, tooLarge);
                }

                if (length == buffer.Length)
                {
                    (length, tooLarge) = (0, true);
                }
            }
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested)
        {
            await CloseAsync(WebSocketCloseStatus.PolicyViolation, $"Nothing was sent for {options.IdleSeconds} s.");
            return null;
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in session.Events.ReadAllAsync(cancellationToken))
        {
            await socket.SendAsync(message.ToUtf8(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        using var deadline = new CancellationTokenSource(CloseDeadline, time);
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(status, reason, deadline.Token);
        }
    }

    private readonly record struct Message(WebSocketMessageType Type, int Length, bool TooLarge);
}
