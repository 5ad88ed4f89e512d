using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tts.Api;

/// <summary>How many requests may be open at once: beyond that they would only wait, and time out all together.</summary>
public sealed class RequestLimit(IOptions<SpeechOptions> options)
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private int _open;

    /// <summary>Lets a request in; it leaves with Dispose.</summary>
    /// <exception cref="OpenAiException">Too many are in already (429).</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _open) > options.Value.MaxRequests)
        {
            Interlocked.Decrement(ref _open);
            throw new OpenAiException(
                $"{options.Value.MaxRequests} texts are being spoken already, which is the limit. Try again in a moment, or raise Tts:MaxRequests.",
                429, code: "too_many_requests", type: "rate_limit_error")
            { RetryAfter = TryAgain };
        }

        return new Visit(this);
    }

    private sealed class Visit(RequestLimit limit) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref limit._open);
            }
        }
    }
}
