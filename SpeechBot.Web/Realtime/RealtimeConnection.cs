using System.Net.WebSockets;
using System.Threading.Channels;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Realtime;

/// <summary>
/// One WebSocket of a session: events in, to <see cref="RealtimeDispatcher"/>; events out, from the session's <see cref="Outbox"/>.
/// A bad event is answered with an error and changes nothing else.
/// </summary>
internal sealed class RealtimeConnection(WebSocket socket, VoiceSession session, int maxMessageBytes)
{
    private const int ReplacedByAnother = 4001;
    private readonly RealtimeDispatcher _dispatcher = new(session);
    private long _eventNumber;

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outgoing = session.Attach();
        var sending = SendAsync(outgoing.Reader, either.Token);
        var receiving = ReceiveAsync(either.Token);
        try
        {
            await await Task.WhenAny(sending, receiving);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // A client that just disappears is nothing unusual.
        }
        finally
        {
            session.Detach(outgoing);
            await either.CancelAsync();
            await Task.WhenAll(Quiet(sending), Quiet(receiving));
        }
    }

    private async Task SendAsync(ChannelReader<ServerEvent> outgoing, CancellationToken cancellationToken)
    {
        var frame = new byte[AudioFrame.HeaderBytes + (64 * 1024)];
        await foreach (var message in outgoing.ReadAllAsync(cancellationToken))
        {
            if (message is OutputAudioDelta audio && session.BinaryAudio)
            {
                await socket.SendAsync(AudioFrame.Write(audio, frame), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }
            else
            {
                var json = RealtimeJson.Write(message with { EventId = $"event_{++_eventNumber}" });
                await socket.SendAsync(json.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            }
        }

        // Only a newer connection, or the end of the session, completes the stream.
        await socket.CloseOutputAsync((WebSocketCloseStatus)ReplacedByAnother, "This session is over, or goes on over another connection.", cancellationToken);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[maxMessageBytes];
        while (true)
        {
            var (type, length, tooLong) = await ReadMessageAsync(buffer, cancellationToken);
            if (type == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return;
            }

            var message = buffer.AsMemory(0, length);
            Guarded(message, type, tooLong);
        }
    }

    private void Guarded(ReadOnlyMemory<byte> message, WebSocketMessageType type, bool tooLong)
    {
        string? eventId = null;
        try
        {
            if (tooLong)
            {
                throw new OpenAiException($"The message is longer than {maxMessageBytes} bytes. Send audio in frames of 20 ms.", code: "message_too_large");
            }

            if (type == WebSocketMessageType.Binary)
            {
                session.Append(message);
            }
            else
            {
                var head = RealtimeJson.Read<ClientEvent>(message.Span);
                eventId = head.EventId;
                _dispatcher.Dispatch(head.Type, message.Span);
            }
        }
        catch (OpenAiException problem)
        {
            session.Outbox.Send(new ErrorEvent(new ErrorView(problem.Error.Type, problem.Error.Code, problem.Message, problem.Error.Param, eventId)));
        }
        catch (ArgumentException problem)
        {
            session.Outbox.Send(new ErrorEvent(new ErrorView("invalid_request_error", "invalid_value", problem.Message, null, eventId)));
        }
    }

    /// <summary>Reads a whole message; of one that is too long only the length is kept.</summary>
    private async Task<(WebSocketMessageType Type, int Length, bool TooLong)> ReadMessageAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var (length, tooLong) = (0, false);
        while (true)
        {
            if (length == buffer.Length)
            {
                (length, tooLong) = (0, true);
            }

            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
            {
                return (part.MessageType, tooLong ? 0 : length, tooLong);
            }
        }
    }

    private static async Task Quiet(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
