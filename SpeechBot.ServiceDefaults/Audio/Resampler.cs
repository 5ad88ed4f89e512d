namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>Samples at one rate in, the same sound at another rate out.</summary>
public static class Resampler
{
    /// <summary>
    /// Changes the sampling rate of a whole recording without delay and without aliases (80 dB; flat to 90 % of the lower Nyquist
    /// frequency). Beyond both ends there is silence.
    /// </summary>
    /// <param name="samples">One channel.</param>
    /// <param name="from">Rate of <paramref name="samples"/> in hertz.</param>
    /// <param name="to">Rate of the result in hertz.</param>
    /// <returns>As many samples as last equally long, rounded up.</returns>
    public static float[] Resample(ReadOnlySpan<float> samples, int from, int to)
    {
        if (from == to)
        {
            return samples.ToArray();
        }

        var kernel = PolyphaseKernel.For(from, to);
        var padded = new float[samples.Length + (2 * kernel.Reach)];
        samples.CopyTo(padded.AsSpan(kernel.Reach));
        var result = new float[kernel.OutputLength(samples.Length)];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = kernel.At(i, padded.AsSpan((int)kernel.InputIndex(i) + 1, 2 * kernel.Reach));
        }

        return result;
    }
}
