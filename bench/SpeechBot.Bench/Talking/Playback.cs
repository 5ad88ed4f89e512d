using System.Diagnostics;
using SpeechBot.Bench.Realtime;

namespace SpeechBot.Bench.Talking;

/// <summary>
/// A loudspeaker for one answer: plays, in thought, from the first frame on, and reports its position as the page does.
/// </summary>
public sealed class Playback(string itemId, RealtimeClient client, SessionClock clock)
{
    private const float Audible = 0.01f;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private const int StepsPerReport = 10;

    private readonly Lock _lock = new();
    private readonly List<float> _samples = [];
    private long _started;
    private long _audible;
    private bool _complete;
    private bool _cleared;

    /// <summary>Ends when everything was played, or when playing was stopped.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>When the first sample above 0.01 came out of the loudspeaker; 0 while none has.</summary>
    public long FirstAudible => Volatile.Read(ref _audible);

    /// <summary>The longest silence in the middle of the answer because its sound had not come yet.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>The answer's sound so far, at 24 kHz.</summary>
    public float[] Samples
    {
        get
        {
            lock (_lock)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>Takes the next piece.</summary>
    public void Receive(RealtimeAudio audio, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_samples.Count == 0)
            {
                _started = audio.Timestamp;
            }

            var gap = Stopwatch.GetElapsedTime(_started, audio.Timestamp) - TimeSpan.FromSeconds((double)_samples.Count / RealtimeClient.SampleRate);
            if (gap > TimeSpan.Zero)
            {
                // What comes late is played late.
                _started += (long)(gap.TotalSeconds * Stopwatch.Frequency);
                LongestGap = gap > LongestGap ? gap : LongestGap;
            }

            var loud = _audible == 0 ? Array.FindIndex(audio.Samples, sample => Math.Abs(sample) > Audible) : -1;
            if (loud >= 0)
            {
                var played = _started + ((_samples.Count + loud) * Stopwatch.Frequency / RealtimeClient.SampleRate);
                Volatile.Write(ref _audible, Math.Max(played, audio.Timestamp));
            }

            _samples.AddRange(audio.Samples);
            if (_samples.Count == audio.Samples.Length)
            {
                Ended = PlayAsync(cancellation);
            }
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete() => _complete = true;

    /// <summary>Stops at once.</summary>
    public void Clear() => _cleared = true;

    private async Task PlayAsync(CancellationToken cancellation)
    {
        var reported = false;
        for (var step = 0; ; step++)
        {
            await Task.Delay(Step, TimeProvider.System, cancellation);
            var (played, all) = Position();
            var ended = _cleared || (_complete && played >= all);
            var audible = !reported && FirstAudible is > 0 and var first && Stopwatch.GetTimestamp() >= first;
            if (audible || ended || step % StepsPerReport == 0)
            {
                reported |= audible;
                var at = audible ? SessionClock.Milliseconds(FirstAudible) : SessionClock.Now;
                await client.SendAsync(new { type = "speechbot.playback", item_id = itemId, played_ms = played, at = clock.OnServer(at), ended }, cancellation);
            }

            if (ended)
            {
                return;
            }
        }
    }

    private (double Played, double All) Position()
    {
        lock (_lock)
        {
            var all = _samples.Count * 1000.0 / RealtimeClient.SampleRate;
            return (Math.Min(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, all), all);
        }
    }
}
