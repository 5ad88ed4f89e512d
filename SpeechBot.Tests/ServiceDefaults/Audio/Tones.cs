namespace SpeechBot.Tests.ServiceDefaults.Audio;

internal static class Tones
{
    public static float[] Sine(double hertz, int rate, double seconds, double level = 0.5) =>
        [.. Enumerable.Range(0, (int)(rate * seconds)).Select(n => (float)(level * Math.Sin(2 * Math.PI * hertz * n / rate)))];

    /// <summary>Level of a sound in decibels relative to <paramref name="reference"/>, without its first and last tenth.</summary>
    public static double Decibels(ReadOnlySpan<float> samples, double reference)
    {
        var edge = samples.Length / 10;
        double power = 0;
        foreach (var sample in samples[edge..^edge])
        {
            power += sample * (double)sample;
        }

        return 10 * Math.Log10((power / (samples.Length - (2 * edge))) + 1e-30) - (20 * Math.Log10(reference));
    }
}
