using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// A voice's raw samples, piece by piece → sound that can be heard: levelled, trimmed, soft at its edges and resampled. Put together, what it
/// gives is the same however the samples were cut. Not for several threads.
/// </summary>
/// <param name="voiceRate">Samples a second of what comes in.</param>
/// <param name="sampleRate">Samples a second of what goes out.</param>
/// <param name="gain">Brings the voice to the common level.</param>
internal sealed class ClauseSound(int voiceRate, int sampleRate, float gain)
{
    private readonly StreamingResampler _resampler = new(voiceRate, sampleRate);
    private float[] _raw = [];
    private int _given;

    /// <summary>Takes the next samples and gives what is certain by now.</summary>
    public float[] Add(float[] samples)
    {
        SpeechSound.Amplify(samples, gain);
        _raw = [.. _raw, .. samples];

        // The end is soft, and may be here.
        return Give(keep: SpeechSound.FadeLength(voiceRate));
    }

    /// <summary>Gives the rest.</summary>
    /// <param name="pause">Silence that follows.</param>
    public float[] Complete(TimeSpan pause) => [.. Give(keep: 0), .. _resampler.Flush(), .. new float[(int)(pause.TotalSeconds * sampleRate)]];

    private float[] Give(int keep)
    {
        var voiced = SpeechSound.Trim(_raw, voiceRate).ToArray();
        if (voiced.Length < 2 * keep)
        {
            return [];
        }

        SpeechSound.SoftenEdges(voiced, voiceRate);
        var until = Math.Max(_given, voiced.Length - keep);
        var piece = voiced[_given..until];
        _given = until;
        return _resampler.Process(piece);
    }
}
