using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>
/// The filter of a change of sampling rate: a sinc under a Kaiser window, sampled once for every place an output sample can have between
/// two input samples (Crochiere and Rabiner, Multirate Digital Signal Processing, 1983; window and length: Kaiser, 1974).
/// Linear phase, flat to 90 % of the lower of the two Nyquist frequencies and 80 dB down from there on.
/// </summary>
internal sealed class PolyphaseKernel
{
    private const double StopBandDecibels = 80;
    private const double PassBand = 0.9;
    private const double KaiserBeta = 0.1102 * (StopBandDecibels - 8.7);
    // Rates with a large common fraction (44,101 to 16,000) would need a table of megabytes; between two of these phases is a straight line.
    private const int MostPhases = 1024;
    private const int MostKept = 32;

    private static readonly ConcurrentDictionary<(int From, int To), PolyphaseKernel> Kept = new();

    private readonly int _up;
    private readonly int _down;
    private readonly int _phases;
    private readonly float[][] _taps;

    private PolyphaseKernel(int from, int to)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        (_up, _down) = (to / divisor, from / divisor);
        _phases = Math.Min(_up, MostPhases);
        // In units of the input's rate: the Nyquist frequency that both sides have, and half the filter's length.
        var nyquist = 0.5 * Math.Min(1, (double)to / from);
        var transition = 2 * Math.PI * nyquist * (1 - PassBand);
        Reach = (int)Math.Ceiling((StopBandDecibels - 7.95) / (2.285 * transition) / 2);
        var cutoff = nyquist * (1 + PassBand) / 2;
        _taps = [.. Enumerable.Range(0, _phases + 1).Select(phase => Taps((double)phase / _phases, cutoff))];
    }

    /// <summary>How many input samples before, and after, an output sample's place are needed.</summary>
    public int Reach { get; }

    /// <summary>The kernel for this pair of rates, shared while few pairs are in use.</summary>
    public static PolyphaseKernel For(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(to);
        if (Kept.TryGetValue((from, to), out var kernel))
        {
            return kernel;
        }

        kernel = new(from, to);
        return Kept.Count < MostKept ? Kept.GetOrAdd((from, to), kernel) : kernel;
    }

    /// <summary>How many output samples belong to so many input samples.</summary>
    public long OutputLength(long inputs) => ((inputs * _up) + _down - 1) / _down;

    /// <summary>The last input sample at or before an output sample's place.</summary>
    public long InputIndex(long output) => output * _down / _up;

    /// <summary>One output sample from the 2 × <see cref="Reach"/> input samples that start at <c>InputIndex - Reach + 1</c>.</summary>
    public float At(long output, ReadOnlySpan<float> window)
    {
        var place = output * _down % _up;
        if (_phases == _up)
        {
            return Dot(_taps[place], window);
        }

        var exact = (double)place / _up * _phases;
        var phase = (int)exact;
        var (near, far) = (Dot(_taps[phase], window), Dot(_taps[phase + 1], window));
        return near + ((float)(exact - phase) * (far - near));
    }

    private float[] Taps(double fraction, double cutoff)
    {
        var taps = new double[2 * Reach];
        for (var k = 0; k < taps.Length; k++)
        {
            var distance = k - Reach + 1 - fraction;
            var edge = distance / Reach;
            var window = Math.Abs(edge) < 1 ? Bessel(KaiserBeta * Math.Sqrt(1 - (edge * edge))) : 0;
            var angle = 2 * Math.PI * cutoff * distance;
            taps[k] = window * (angle == 0 ? 1 : Math.Sin(angle) / angle);
        }

        // Every phase passes a constant unchanged, so that the level is right and no phase is louder than the next.
        var sum = taps.Sum();
        return [.. taps.Select(tap => (float)(tap / sum))];
    }

    // The modified Bessel function of the first kind, order zero, by its power series.
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }

    // Optimised from the first call on: the first recording would take ten times as long otherwise.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(ReadOnlySpan<float> taps, ReadOnlySpan<float> window)
    {
        var width = Vector<float>.Count;
        Vector<float> a = Vector<float>.Zero, b = Vector<float>.Zero, c = Vector<float>.Zero, d = Vector<float>.Zero;
        var i = 0;
        for (; i + (4 * width) <= taps.Length; i += 4 * width)
        {
            a += new Vector<float>(taps[i..]) * new Vector<float>(window[i..]);
            b += new Vector<float>(taps[(i + width)..]) * new Vector<float>(window[(i + width)..]);
            c += new Vector<float>(taps[(i + (2 * width))..]) * new Vector<float>(window[(i + (2 * width))..]);
            d += new Vector<float>(taps[(i + (3 * width))..]) * new Vector<float>(window[(i + (3 * width))..]);
        }

        var sum = Vector.Sum(a + b + (c + d));
        for (; i < taps.Length; i++)
        {
            sum += taps[i] * window[i];
        }

        return sum;
    }
}
