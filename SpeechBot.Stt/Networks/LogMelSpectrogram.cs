using System.Numerics.Tensors;

namespace SpeechBot.Stt.Networks;

/// <summary>
/// Whisper's features: 80 mel bands of frames of 400 samples every 160, as a logarithm (Radford et al., "Robust speech recognition via
/// large-scale weak supervision", 2022; mel scale and filters after Slaney, "Auditory Toolbox", 1998). Not for several threads.
/// </summary>
public sealed class LogMelSpectrogram
{
    /// <summary>Mel bands.</summary>
    public const int Bands = 80;

    private const int Hop = 160;
    private const int Half = Fourier400.Points / 2;
    private const double HertzPerBin = 16_000.0 / Fourier400.Points;

    // Periodic Hann window.
    private static readonly float[] Window = [.. Enumerable.Range(0, Fourier400.Points).Select(i => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Fourier400.Points))))];
    private static readonly (int First, float[] Weights)[] Filters = CreateFilters();

    private readonly Fourier400 _fourier = new();
    private readonly float[] _real = new float[Fourier400.Points];
    private readonly float[] _imaginary = new float[Fourier400.Points];
    private readonly float[] _power = new float[Half + 1];

    /// <summary>Computes the features.</summary>
    /// <param name="samples">16 kHz; mirrored at both ends by half a frame.</param>
    /// <param name="frames">How many frames; at most one for every 160 samples.</param>
    /// <returns>80 rows of <paramref name="frames"/> values, within about -1 to 1.5.</returns>
    public float[] Compute(ReadOnlySpan<float> samples, int frames)
    {
        var padded = Mirror(samples);
        var columns = new float[(frames + 1) * Bands];
        for (var frame = 0; frame < frames; frame += 2)
        {
            // Two real frames ride in one complex transform.
            var second = Math.Min(frame + 1, frames - 1);
            ComputePair(padded.AsSpan(frame * Hop, Fourier400.Points), padded.AsSpan(second * Hop, Fourier400.Points), columns.AsSpan(frame * Bands, Bands), columns.AsSpan((frame + 1) * Bands, Bands));
        }

        return Compress(columns.AsSpan(0, frames * Bands), frames);
    }

    private void ComputePair(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> firstBands, Span<float> secondBands)
    {
        TensorPrimitives.Multiply(first, Window, _real);
        TensorPrimitives.Multiply(second, Window, _imaginary);
        _fourier.Transform(_real, _imaginary);
        Separate(sum: true);
        ApplyFilters(firstBands);
        Separate(sum: false);
        ApplyFilters(secondBands);
    }

    // The first frame is the even part of the spectrum, the second the odd one.
    private void Separate(bool sum)
    {
        for (var k = 0; k <= Half; k++)
        {
            var mirrored = (Fourier400.Points - k) % Fourier400.Points;
            var (re, im) = sum
                ? (_real[k] + _real[mirrored], _imaginary[k] - _imaginary[mirrored])
                : (_imaginary[k] + _imaginary[mirrored], _real[mirrored] - _real[k]);
            _power[k] = ((re * re) + (im * im)) / 4;
        }
    }

    private void ApplyFilters(Span<float> bands)
    {
        for (var band = 0; band < Bands; band++)
        {
            var (start, weights) = Filters[band];
            bands[band] = TensorPrimitives.Dot(weights, _power.AsSpan(start, weights.Length));
        }
    }

    private static float[] Compress(Span<float> columns, int frames)
    {
        TensorPrimitives.Max(columns, 1e-10f, columns);
        TensorPrimitives.Log10(columns, columns);
        var floor = TensorPrimitives.Max<float>(columns) - 8;
        var rows = new float[columns.Length];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var band = 0; band < Bands; band++)
            {
                rows[(band * frames) + frame] = (Math.Max(columns[(frame * Bands) + band], floor) + 4) / 4;
            }
        }

        return rows;
    }

    private static float[] Mirror(ReadOnlySpan<float> samples)
    {
        var padded = new float[samples.Length + Fourier400.Points];
        samples.CopyTo(padded.AsSpan(Half));
        for (var i = 0; i < Half; i++)
        {
            padded[Half - 1 - i] = samples[i + 1];
            padded[Half + samples.Length + i] = samples[samples.Length - 2 - i];
        }

        return padded;
    }

    // Triangles between neighbouring points that are equally far apart on the mel scale, each of unit area.
    private static (int First, float[] Weights)[] CreateFilters()
    {
        var top = ToMel(8_000);
        var edges = Enumerable.Range(0, Bands + 2).Select(i => ToHertz(top * i / (Bands + 1))).ToArray();
        return [.. Enumerable.Range(0, Bands).Select(band => CreateFilter(edges[band], edges[band + 1], edges[band + 2]))];
    }

    private static (int First, float[] Weights) CreateFilter(double low, double centre, double high)
    {
        var weights = Enumerable.Range(0, Half + 1)
            .Select(bin => bin * HertzPerBin)
            .Select(hertz => (float)(Math.Max(0, Math.Min((hertz - low) / (centre - low), (high - hertz) / (high - centre))) * 2 / (high - low)))
            .ToArray();
        var first = Math.Max(0, Array.FindIndex(weights, weight => weight > 0));
        var last = Array.FindLastIndex(weights, weight => weight > 0);
        return (first, weights[first..Math.Max(first, last + 1)]);
    }

    // Linear up to 1 kHz, logarithmic above.
    private static double ToMel(double hertz) => hertz < 1_000 ? hertz * 3 / 200 : 15 + (27 * Math.Log(hertz / 1_000) / Math.Log(6.4));

    private static double ToHertz(double mel) => mel < 15 ? mel * 200 / 3 : 1_000 * Math.Exp((mel - 15) * Math.Log(6.4) / 27);
}
