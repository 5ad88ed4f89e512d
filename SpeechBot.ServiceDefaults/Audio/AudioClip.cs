namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>A piece of sound: one channel, samples from -1 to 1.</summary>
/// <param name="Samples">The samples, in order.</param>
/// <param name="SampleRate">Samples per second.</param>
public sealed record AudioClip(float[] Samples, int SampleRate)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);

    /// <summary>The same sound at another rate; this clip itself when the rate is already right.</summary>
    public AudioClip To(int sampleRate) =>
        sampleRate == SampleRate ? this : new(Resampler.Resample(Samples, SampleRate, sampleRate), sampleRate);
}
