using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Stt.Hearing;

/// <summary>Counts who is being listened to.</summary>
public sealed class RealtimeSessions(IOptions<HearingOptions> options)
{
    private int _open;

    /// <summary>Takes a place, to be disposed at the end of the session.</summary>
    /// <exception cref="OpenAiException">429: all places are taken.</exception>
    public IDisposable Enter()
    {
        var limit = options.Value.MaxSessions;
        if (Interlocked.Increment(ref _open) > limit)
        {
            Interlocked.Decrement(ref _open);
            throw new OpenAiException(
                $"{limit} people are being listened to, which is the limit. Try again later, or raise {HearingOptions.Section}:{nameof(HearingOptions.MaxSessions)}.",
                429, code: "too_many_sessions", type: "rate_limit_error")
            { RetryAfter = TimeSpan.FromSeconds(10) };
        }

        return new Place(this);
    }

    private sealed class Place(RealtimeSessions sessions) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref sessions._open);
    }
}
