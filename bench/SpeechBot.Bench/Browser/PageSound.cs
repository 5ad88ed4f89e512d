using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Browser;

/// <summary>What left a page's audio graph for the loudspeaker.</summary>
/// <param name="Clip">The sound, from its first audible sample on.</param>
/// <param name="Began">When the clip's first sample was at the loudspeaker, on the browser's clock; null when all was silence.</param>
public sealed record PageSound(AudioClip Clip, double? Began)
{
    private const double WindowMs = 10;
    private const double ReferenceMs = 2000;

    /// <summary>
    /// Milliseconds from <paramref name="onset"/> until the sound was this much quieter than in the two seconds before, and stayed so until
    /// <paramref name="until"/>; 0 where it was so quiet already. Null when it did not, or when nothing was to be heard before.
    /// </summary>
    public double? QuieterAfter(double onset, double until, double decibels = 20)
    {
        var powers = Clip.Samples.Chunk((int)(Clip.SampleRate * WindowMs / 1000)).Select(window => window.Sum(sample => (double)sample * sample) / window.Length).ToArray();
        int Window(double at) => Math.Clamp((int)((at - Began!.Value) / WindowMs), 0, powers.Length);
        if (Began is null || powers[Window(onset - ReferenceMs)..Window(onset)] is not { Length: > 0 } before)
        {
            return null;
        }

        // Speech is mostly pauses and soft sounds: its loudness is that of its loud windows.
        var loud = before.Order().ElementAt(before.Length * 9 / 10);
        var after = powers[Window(onset)..Window(until)];
        var last = Array.FindLastIndex(after, power => power > loud * Math.Pow(10, -decibels / 10));
        return last >= 0 && last == after.Length - 1 ? null : (last + 1) * WindowMs;
    }
}
