using System.Diagnostics;

namespace SpeechBot.Bench.Realtime;

/// <summary>Knows what the session's clock on the server shows, by the ping with the shortest round trip.</summary>
public sealed class SessionClock
{
    private readonly Lock _lock = new();
    private double _shortest = double.MaxValue;
    private double _offset;

    /// <summary>This machine's clock in milliseconds.</summary>
    public static double Now => Milliseconds(Stopwatch.GetTimestamp());

    /// <summary>A timestamp in milliseconds of this machine's clock.</summary>
    public static double Milliseconds(long timestamp) => timestamp * 1000.0 / Stopwatch.Frequency;

    /// <summary>Takes the answer to a ping that went out at <paramref name="sent"/> and came back at <paramref name="received"/>.</summary>
    public void Pong(double sent, double server, double received)
    {
        lock (_lock)
        {
            if (received - sent < _shortest)
            {
                (_shortest, _offset) = (received - sent, server - ((sent + received) / 2));
            }
        }
    }

    /// <summary>What the session's clock showed when this machine's showed <paramref name="local"/>.</summary>
    public double OnServer(double local)
    {
        lock (_lock)
        {
            return local + _offset;
        }
    }
}
