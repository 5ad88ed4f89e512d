using System.Numerics.Tensors;

namespace SpeechBot.Tts.Speech;

/// <summary>What is done to a voice's raw samples so that clauses fit together: silence off, edges soft, one level.</summary>
public static class SpeechSound
{
    /// <summary>Below this a sample counts as silence: -40 dBFS, the voice's own noise.</summary>
    public const float Silence = 0.01f;

    // Kept around the voice: the soft beginning of an f or h lies below the threshold, as does the end of a breath.
    private const double LeadSeconds = 0.006;
    private const double TailSeconds = 0.020;

    // Long enough that the step to silence makes no click, too short to be heard.
    private const double FadeSeconds = 0.004;

    // Speech at -20 dBFS leaves room for its peaks, which lie 12 to 18 dB higher.
    private const double SpeechLevel = 0.1;
    private const double FrameSeconds = 0.02;
    private const float Knee = 0.8f;

    /// <summary>The part with the voice in it; empty where there is none.</summary>
    public static ReadOnlySpan<float> Trim(ReadOnlySpan<float> samples, int sampleRate)
    {
        var (first, last) = (FirstLoud(samples), LastLoud(samples));
        if (first < 0)
        {
            return [];
        }

        var start = Math.Max(0, first - (int)(LeadSeconds * sampleRate));
        var end = Math.Min(samples.Length, last + 1 + (int)(TailSeconds * sampleRate));
        return samples[start..end];
    }

    /// <summary>How many samples at an end are softened.</summary>
    public static int FadeLength(int sampleRate) => (int)(FadeSeconds * sampleRate);

    /// <summary>Fades both ends, in place.</summary>
    public static void SoftenEdges(Span<float> samples, int sampleRate)
    {
        var length = Math.Min(FadeLength(sampleRate), samples.Length / 2);
        for (var i = 0; i < length; i++)
        {
            var gain = (float)(i + 1) / (length + 1);
            samples[i] *= gain;
            samples[^(i + 1)] *= gain;
        }
    }

    /// <summary>
    /// The factor that brings a voice to the common level. Measured once, over a long sentence, and then used for all clauses: a level
    /// that is set clause by clause would pump.
    /// </summary>
    public static float Gain(ReadOnlySpan<float> speech, int sampleRate)
    {
        var level = ActiveLevel(speech, sampleRate);
        return level < Silence ? 1 : (float)Math.Clamp(SpeechLevel / level, 0.1, 10);
    }

    /// <summary>Root mean square over the frames in which there is a voice.</summary>
    public static double ActiveLevel(ReadOnlySpan<float> samples, int sampleRate)
    {
        var frame = (int)(FrameSeconds * sampleRate);
        var (sum, frames) = (0.0, 0);
        for (var at = 0; at + frame <= samples.Length; at += frame)
        {
            var power = TensorPrimitives.SumOfSquares(samples.Slice(at, frame)) / frame;
            if (power >= Silence * Silence)
            {
                (sum, frames) = (sum + power, frames + 1);
            }
        }

        return frames == 0 ? 0 : Math.Sqrt(sum / frames);
    }

    /// <summary>Applies a gain in place; peaks that would clip are bent instead.</summary>
    public static void Amplify(Span<float> samples, float gain)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var value = samples[i] * gain;
            var over = Math.Abs(value) - Knee;
            samples[i] = over <= 0 ? value : MathF.CopySign(Knee + ((1 - Knee) * MathF.Tanh(over / (1 - Knee))), value);
        }
    }

    private static int FirstLoud(ReadOnlySpan<float> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            if (Math.Abs(samples[i]) >= Silence)
            {
                return i;
            }
        }

        return -1;
    }

    private static int LastLoud(ReadOnlySpan<float> samples)
    {
        for (var i = samples.Length - 1; i >= 0; i--)
        {
            if (Math.Abs(samples[i]) >= Silence)
            {
                return i;
            }
        }

        return -1;
    }
}
