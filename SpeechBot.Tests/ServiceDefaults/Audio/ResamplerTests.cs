using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Tests.ServiceDefaults.Audio;

public sealed class ResamplerTests
{
    private const double Level = 0.5;
    private static readonly double Rms = Level / Math.Sqrt(2);

    public static TheoryData<int, int> Rates() => new()
    {
        { 48_000, 16_000 }, { 44_100, 16_000 }, { 24_000, 16_000 }, { 22_050, 24_000 }, { 16_000, 24_000 }, { 16_000, 48_000 },
        { 8_000, 16_000 }, { 11_025, 16_000 }, { 96_000, 16_000 }, { 44_101, 16_000 }, { 24_000, 22_050 },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_tone_below_both_limits_keeps_its_place_and_level(int from, int to)
    {
        foreach (var share in new[] { 0.02, 0.3, 0.6, 0.88 })
        {
            var hertz = share * Math.Min(from, to) / 2;
            var expected = Tones.Sine(hertz, to, 0.5, Level);

            var actual = Resampler.Resample(Tones.Sine(hertz, from, 0.5, Level), from, to);

            Assert.InRange(actual.Length, expected.Length - 1, expected.Length + 1);
            var difference = actual.Zip(expected, (a, b) => a - b).ToArray();
            Assert.InRange(Tones.Decibels(difference, Rms), -400, -70);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_tone_that_the_new_rate_cannot_hold_is_gone(int from, int to)
    {
        if (from <= to)
        {
            return;
        }

        foreach (var place in new[] { 0.005, 0.2, 0.5, 0.98 })
        {
            var hertz = (to / 2.0) + (place * ((from / 2.0) - (to / 2.0)));

            var aliases = Resampler.Resample(Tones.Sine(hertz, from, 0.5, Level), from, to);

            Assert.InRange(Tones.Decibels(aliases, Rms), -400, -70);
        }
    }

    [Fact]
    public void A_constant_stays_what_it_is()
    {
        var actual = Resampler.Resample(Enumerable.Repeat(0.7f, 5_000).ToArray(), 44_100, 16_000);

        Assert.All(actual[200..^200], sample => Assert.Equal(0.7f, sample, 1e-5f));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Pieces_together_are_what_the_whole_is(int from, int to)
    {
        var random = new Random(11);
        var whole = Enumerable.Range(0, from / 2).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var stream = new StreamingResampler(from, to);
        for (var round = 0; round < 2; round++)
        {
            var actual = new List<float>();
            for (var at = 0; at < whole.Length;)
            {
                var length = Math.Min(random.Next(0, 700), whole.Length - at);
                actual.AddRange(stream.Process(whole.AsSpan(at, length)));
                at += length;
            }

            actual.AddRange(stream.Flush());
            Assert.Equal(Resampler.Resample(whole, from, to), actual);
        }
    }

    [Fact]
    public void A_stream_keeps_back_only_a_few_milliseconds()
    {
        var given = new StreamingResampler(48_000, 16_000).Process(new float[4_800]).Length;

        Assert.InRange(given, 1_600 - 60, 1_600);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Very_little_is_enough(int samples)
    {
        Assert.Equal((samples + 2) / 3, Resampler.Resample(new float[samples], 48_000, 16_000).Length);
        var stream = new StreamingResampler(48_000, 16_000);
        Assert.Equal((samples + 2) / 3, stream.Process(new float[samples]).Length + stream.Flush().Length);
    }

    [Fact]
    public void The_same_rate_changes_nothing()
    {
        var clip = new AudioClip([0.1f, 0.2f], 16_000);

        Assert.Same(clip, clip.To(16_000));
        Assert.Equal(clip.Samples, new StreamingResampler(16_000, 16_000).Process(clip.Samples));
    }
}
