using System.Numerics.Tensors;

namespace SpeechBot.Stt.Transcription;

/// <summary>Long audio → pieces that fit Whisper's window, cut where it is quietest, which is nearly always between two words.</summary>
public static class AudioSplitter
{
    private const int SearchFrom = 16 * TranscriptionRequest.SampleRate;
    private const int Frame = TranscriptionRequest.SampleRate / 5;
    private const int Step = Frame / 4;

    /// <summary>The pieces' offsets and lengths in samples at 16 kHz; together they are the whole audio.</summary>
    public static IEnumerable<(int Start, int Length)> Split(ReadOnlyMemory<float> samples)
    {
        var start = 0;
        while (samples.Length - start > EncoderWindow.MaxSamples)
        {
            var length = QuietestIn(samples.Span.Slice(start, EncoderWindow.MaxSamples));
            yield return (start, length);
            start += length;
        }

        if (start < samples.Length)
        {
            yield return (start, samples.Length - start);
        }
    }

    private static int QuietestIn(ReadOnlySpan<float> window)
    {
        var (best, quietest) = (window.Length, float.MaxValue);
        for (var from = SearchFrom; from + Frame <= window.Length; from += Step)
        {
            var energy = TensorPrimitives.SumOfSquares(window.Slice(from, Frame));
            // The later of equals: longer pieces are fewer.
            if (energy <= quietest)
            {
                (best, quietest) = (from + (Frame / 2), energy);
            }
        }

        return best;
    }
}
