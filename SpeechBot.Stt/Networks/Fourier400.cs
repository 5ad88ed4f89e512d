namespace SpeechBot.Stt.Networks;

/// <summary>
/// The Fourier transform of 400 points, the frame length of Whisper's features. 400 is no power of two: four Stockham passes of radix
/// 4, 4, 5 and 5 (after Stockham, "High-speed convolution and correlation", 1966), which need no reordering. Not for several threads.
/// </summary>
public sealed class Fourier400
{
    /// <summary>Points of a transform.</summary>
    public const int Points = 400;

    private static readonly float[] Cosines = [.. Enumerable.Range(0, Points).Select(i => (float)Math.Cos(2 * Math.PI * i / Points))];
    private static readonly float[] Sines = [.. Enumerable.Range(0, Points).Select(i => (float)-Math.Sin(2 * Math.PI * i / Points))];

    // Roots of unity for the five-point step.
    private static readonly float C1 = (float)Math.Cos(2 * Math.PI / 5);
    private static readonly float C2 = (float)Math.Cos(4 * Math.PI / 5);
    private static readonly float S1 = (float)Math.Sin(2 * Math.PI / 5);
    private static readonly float S2 = (float)Math.Sin(4 * Math.PI / 5);

    private readonly float[] _otherReal = new float[Points];
    private readonly float[] _otherImaginary = new float[Points];

    /// <summary>Transforms in place.</summary>
    /// <param name="real">400 real parts.</param>
    /// <param name="imaginary">400 imaginary parts.</param>
    public void Transform(Span<float> real, Span<float> imaginary)
    {
        PassOf4(real, imaginary, _otherReal, _otherImaginary, 1);
        PassOf4(_otherReal, _otherImaginary, real, imaginary, 4);
        PassOf5(real, imaginary, _otherReal, _otherImaginary, 16);
        PassOf5(_otherReal, _otherImaginary, real, imaginary, 80);
    }

    private static void PassOf4(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> toRe, Span<float> toIm, int stride)
    {
        const int quarter = Points / 4;
        for (var k = 0; k < quarter / stride; k++)
        {
            for (var q = 0; q < stride; q++)
            {
                var i = q + (stride * k);
                var (r0, i0, r1, i1) = (re[i], im[i], re[i + quarter], im[i + quarter]);
                var (r2, i2, r3, i3) = (re[i + (2 * quarter)], im[i + (2 * quarter)], re[i + (3 * quarter)], im[i + (3 * quarter)]);
                var (sumR, sumI, differenceR, differenceI) = (r0 + r2, i0 + i2, r0 - r2, i0 - i2);
                var (oddR, oddI, turnR, turnI) = (r1 + r3, i1 + i3, i1 - i3, r3 - r1);
                var o = q + (stride * 4 * k);
                Store(toRe, toIm, o, sumR + oddR, sumI + oddI, 0);
                Store(toRe, toIm, o + stride, differenceR + turnR, differenceI + turnI, k * stride);
                Store(toRe, toIm, o + (2 * stride), sumR - oddR, sumI - oddI, 2 * k * stride);
                Store(toRe, toIm, o + (3 * stride), differenceR - turnR, differenceI - turnI, 3 * k * stride);
            }
        }
    }

    private static void PassOf5(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> toRe, Span<float> toIm, int stride)
    {
        const int fifth = Points / 5;
        for (var k = 0; k < fifth / stride; k++)
        {
            for (var q = 0; q < stride; q++)
            {
                var i = q + (stride * k);
                var (r0, i0) = (re[i], im[i]);
                var (a, b) = (i + fifth, i + (4 * fifth));
                var (c, d) = (i + (2 * fifth), i + (3 * fifth));
                var (s1R, s1I, d1R, d1I) = (re[a] + re[b], im[a] + im[b], re[a] - re[b], im[a] - im[b]);
                var (s2R, s2I, d2R, d2I) = (re[c] + re[d], im[c] + im[d], re[c] - re[d], im[c] - im[d]);
                var (m1R, m1I) = (r0 + (C1 * s1R) + (C2 * s2R), i0 + (C1 * s1I) + (C2 * s2I));
                var (m2R, m2I) = (r0 + (C2 * s1R) + (C1 * s2R), i0 + (C2 * s1I) + (C1 * s2I));
                var (t1R, t1I) = ((S1 * d1I) + (S2 * d2I), -(S1 * d1R) - (S2 * d2R));
                var (t2R, t2I) = ((S2 * d1I) - (S1 * d2I), (S1 * d2R) - (S2 * d1R));
                var o = q + (stride * 5 * k);
                Store(toRe, toIm, o, r0 + s1R + s2R, i0 + s1I + s2I, 0);
                Store(toRe, toIm, o + stride, m1R + t1R, m1I + t1I, k * stride);
                Store(toRe, toIm, o + (2 * stride), m2R + t2R, m2I + t2I, 2 * k * stride);
                Store(toRe, toIm, o + (3 * stride), m2R - t2R, m2I - t2I, 3 * k * stride);
                Store(toRe, toIm, o + (4 * stride), m1R - t1R, m1I - t1I, 4 * k * stride);
            }
        }
    }

    private static void Store(Span<float> toRe, Span<float> toIm, int index, float re, float im, int turn)
    {
        var (c, s) = (Cosines[turn], Sines[turn]);
        toRe[index] = (re * c) - (im * s);
        toIm[index] = (re * s) + (im * c);
    }
}
