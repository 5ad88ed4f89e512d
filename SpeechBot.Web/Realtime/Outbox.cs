using System.Threading.Channels;

namespace SpeechBot.Web.Realtime;

/// <summary>
/// What a session has to tell its realtime client, in order. Without a client, events are dropped. Thread safe. It needs no bound:
/// audio is made only some seconds ahead of what is heard.
/// </summary>
internal sealed class Outbox
{
    private ChannelWriter<ServerEvent>? _client;

    internal bool Connected => Volatile.Read(ref _client) is not null;

    internal void Send(ServerEvent message) => Volatile.Read(ref _client)?.TryWrite(message);

    /// <summary>Makes the caller the client; whoever was it before has its stream completed.</summary>
    internal Channel<ServerEvent> Attach()
    {
        var channel = Channel.CreateUnbounded<ServerEvent>(new UnboundedChannelOptions { SingleReader = true });
        Interlocked.Exchange(ref _client, channel.Writer)?.TryComplete();
        return channel;
    }

    /// <summary>Detaches a client. False if another has taken its place.</summary>
    internal bool Detach(Channel<ServerEvent> channel)
    {
        channel.Writer.TryComplete();
        return Interlocked.CompareExchange(ref _client, null, channel.Writer) == channel.Writer;
    }
}
