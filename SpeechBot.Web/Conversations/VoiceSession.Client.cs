using System.Threading.Channels;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>The realtime connection of a session.</summary>
public sealed partial class VoiceSession
{
    internal Channel<ServerEvent> Attach()
    {
        var channel = Outbox.Attach();
        channel.Writer.TryWrite(new SessionCreated(SessionView.Of(this, BinaryAudio)));
        channel.Writer.TryWrite(new StateChanged(State.ToString().ToLowerInvariant(), Notice));
        _microphone.Restart();
        ComputeAhead();
        Listen();
        Publish();
        return channel;
    }

    internal void Detach(Channel<ServerEvent> channel)
    {
        if (Outbox.Detach(channel))
        {
            lock (_sync)
            {
                _recording.ResetWrittenCount();
            }

            Listen();
            Publish();
        }
    }

    /// <summary>The first audio of an answer is there, given out or held back.</summary>
    internal bool HasAnswerInHand => CurrentRun()?.Turn.Timings.FirstAudio is not null;

    /// <summary>Completes when the ears listen; at once where they are not asked to.</summary>
    internal Task HearingAsync(CancellationToken cancellationToken) => _listening?.Connected.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>The client tells when a sample of its microphone was taken.</summary>
    /// <param name="audioMs">The sample's place in all audio that was sent over this connection.</param>
    /// <param name="at">When, on the session's clock.</param>
    internal void Captured(double audioMs, double at) => _microphone.Captured(audioMs, Timestamp(at));
}
