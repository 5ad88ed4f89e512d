namespace SpeechBot.Web.Conversations;

/// <summary>
/// Position in the microphone's audio → when that sample was spoken. A client that reports its capture times is believed; else the
/// arrival of the frame that holds the sample counts.
/// </summary>
internal sealed class AudioClock(TimeProvider time)
{
    // Ten seconds of 20 ms frames: nothing older is ever asked for.
    private const int Frames = 512;
    private readonly Queue<(double EndMs, long At)> _arrivals = new();
    private readonly Lock _sync = new();
    private (double AudioMs, long At)? _capture;

    /// <summary>All audio so far.</summary>
    internal double TotalMs { get; private set; }

    internal void Arrived(double ms)
    {
        lock (_sync)
        {
            TotalMs += ms;
            _arrivals.Enqueue((TotalMs, time.GetTimestamp()));
            if (_arrivals.Count > Frames)
            {
                _arrivals.Dequeue();
            }
        }
    }

    /// <summary>The client says when a sample was taken.</summary>
    internal void Captured(double audioMs, long at)
    {
        lock (_sync)
        {
            _capture = (audioMs, at);
        }
    }

    /// <summary>A new connection counts from 0 again.</summary>
    internal void Restart()
    {
        lock (_sync)
        {
            (TotalMs, _capture) = (0, null);
            _arrivals.Clear();
        }
    }

    /// <summary>The timestamp of a sample.</summary>
    internal long When(double audioMs)
    {
        lock (_sync)
        {
            var (knownMs, at) = _capture ?? (_arrivals.Count == 0 ? (audioMs, time.GetTimestamp()) : Holding(audioMs));
            var spoken = at + (long)((audioMs - knownMs) / 1000 * time.TimestampFrequency);
            return Math.Min(spoken, time.GetTimestamp());
        }
    }

    private (double EndMs, long At) Holding(double audioMs)
    {
        foreach (var frame in _arrivals)
        {
            if (frame.EndMs >= audioMs)
            {
                return frame;
            }
        }

        return _arrivals.Last();
    }
}
