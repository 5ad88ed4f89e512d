using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Talking;

/// <summary>Recording → where its voice begins and ends.</summary>
public static class VoicedPart
{
    private const double WindowSeconds = 0.01;
    private const double BelowLoudestDecibels = 35;

    // Louder than the room of jfk.wav, whose pauses are 28 to 38 dB below its loudest window. A voice that sets in gets there within 20 ms.
    private const double PlainlyBelowLoudestDecibels = 25;

    /// <summary>
    /// The end of the last window of 10 ms that is at most 35 dB below the loudest one: it keeps a soft final "s" and leaves out the breath
    /// and the room behind it.
    /// </summary>
    public static TimeSpan End(AudioClip clip) =>
        TimeSpan.FromSeconds(Math.Min((Array.LastIndexOf(Voiced(clip), true) + 1) * WindowSeconds, clip.Duration.TotalSeconds));

    /// <summary>
    /// The beginning of the first window that ends after <paramref name="at"/> and is at most 25 dB below the loudest one, so that no room
    /// counts as voice, or that moment itself if it lies in one; null behind the last.
    /// </summary>
    public static TimeSpan? Next(AudioClip clip, TimeSpan at)
    {
        var voiced = Voiced(clip, PlainlyBelowLoudestDecibels);
        var first = (int)Math.Max(0, Math.Floor(at.TotalSeconds / WindowSeconds));
        var next = first < voiced.Length ? Array.IndexOf(voiced, true, first) : -1;
        return next < 0 ? null : TimeSpan.FromSeconds(Math.Max(at.TotalSeconds, next * WindowSeconds));
    }

    /// <summary>The beginning of the first such window.</summary>
    public static TimeSpan Begin(AudioClip clip) => TimeSpan.FromSeconds(Math.Max(0, Array.IndexOf(Voiced(clip), true)) * WindowSeconds);

    private static bool[] Voiced(AudioClip clip, double belowLoudest = BelowLoudestDecibels)
    {
        var length = (int)(clip.SampleRate * WindowSeconds);
        var powers = clip.Samples.Chunk(length).Select(window => window.Sum(sample => (double)sample * sample) / window.Length).ToArray();
        var threshold = powers.DefaultIfEmpty().Max() * Math.Pow(10, -belowLoudest / 10);
        return [.. powers.Select(power => power > 0 && power >= threshold)];
    }
}
