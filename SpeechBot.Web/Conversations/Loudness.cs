using System.Runtime.InteropServices;

namespace SpeechBot.Web.Conversations;

/// <summary>An answer's audio → how loud it is at each place: root mean square, 0 to 1. Thread safe.</summary>
internal sealed class Loudness
{
    private const int FrameMs = 20;

    // Where the client is in the audio is known from reports that are under way for a while.
    private const double BeforeMs = 60;
    private const double BehindMs = 120;

    private readonly Lock _sync = new();
    private readonly List<float> _frames = [];
    private double _energy;
    private int _samples;

    internal void Add(ReadOnlySpan<byte> pcm)
    {
        const int frameSamples = Clients.SpeechClient.SampleRate * FrameMs / 1000;
        lock (_sync)
        {
            foreach (var sample in MemoryMarshal.Cast<byte, short>(pcm))
            {
                _energy += (double)sample * sample;
                if (++_samples == frameSamples)
                {
                    _frames.Add((float)(Math.Sqrt(_energy / frameSamples) / short.MaxValue));
                    (_energy, _samples) = (0, 0);
                }
            }
        }
    }

    /// <summary>The loudest that may be heard while the client says it is at this place.</summary>
    internal double Around(double ms)
    {
        lock (_sync)
        {
            var from = Math.Clamp((int)((ms - BeforeMs) / FrameMs), 0, _frames.Count);
            var to = Math.Clamp((int)((ms + BehindMs) / FrameMs), from, _frames.Count);
            return from == to ? 0 : _frames[from..to].Max();
        }
    }

    /// <summary>Root mean square of PCM16, 0 to 1.</summary>
    internal static double Of(ReadOnlySpan<byte> pcm)
    {
        var samples = MemoryMarshal.Cast<byte, short>(pcm);
        double energy = 0;
        foreach (var sample in samples)
        {
            energy += (double)sample * sample;
        }

        return samples.Length == 0 ? 0 : Math.Sqrt(energy / samples.Length) / short.MaxValue;
    }
}
