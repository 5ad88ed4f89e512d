using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.Tts.Speech;

public sealed class SpeechSoundTests
{
    private const int Rate = 22_050;

    [Fact]
    public void Silence_at_both_ends_is_cut_off_but_for_a_breath()
    {
        float[] samples = [.. Noise(0.004f, Rate / 10), .. Noise(0.3f, Rate), .. Noise(0.004f, Rate / 2)];

        var trimmed = SpeechSound.Trim(samples, Rate);

        Assert.InRange(trimmed.Length, Rate, Rate + (Rate * 30 / 1000));
    }

    [Fact]
    public void Of_silence_nothing_is_left() => Assert.Equal(0, SpeechSound.Trim(Noise(0.005f, Rate), Rate).Length);

    [Fact]
    public void Edges_begin_and_end_near_zero()
    {
        var samples = Enumerable.Repeat(0.5f, Rate).ToArray();
        SpeechSound.SoftenEdges(samples, Rate);

        Assert.InRange(samples[0], 0, 0.01f);
        Assert.InRange(samples[^1], 0, 0.01f);
        Assert.Equal(0.5f, samples[Rate / 2]);
        SpeechSound.SoftenEdges([], Rate);
        SpeechSound.SoftenEdges(new float[1], Rate);
    }

    [Theory]
    [InlineData(0.02f)]
    [InlineData(0.3f)]
    public void Any_voice_comes_to_the_same_level(float loudness)
    {
        float[] samples = [.. new float[Rate], .. Noise(loudness, Rate)];
        SpeechSound.Amplify(samples, SpeechSound.Gain(samples, Rate));

        Assert.InRange(SpeechSound.ActiveLevel(samples, Rate), 0.09, 0.11);
    }

    [Fact]
    public void Peaks_are_bent_and_never_clip()
    {
        float[] samples = [0.1f, 0.5f, 2f, -3f];
        SpeechSound.Amplify(samples, 1.5f);

        Assert.Equal(0.15f, samples[0], 5);
        Assert.All(samples, sample => Assert.InRange(sample, -1, 1));
        Assert.True(samples[2] > 0.9f && samples[3] < -0.9f);
    }

    [Theory]
    [InlineData("Yes.", 300)]
    [InlineData("Yes?", 300)]
    [InlineData("yes,", 120)]
    [InlineData("yes", 0)]
    [InlineData("", 0)]
    public void Pauses_follow_the_last_mark(string spoken, int milliseconds)
    {
        Assert.Equal(milliseconds, Pauses.After(spoken, 1).TotalMilliseconds);
        Assert.Equal(milliseconds / 2.0, Pauses.After(spoken, 2).TotalMilliseconds);
    }

    private static float[] Noise(float peak, int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => ((random.NextSingle() * 2) - 1) * peak)];
    }
}
