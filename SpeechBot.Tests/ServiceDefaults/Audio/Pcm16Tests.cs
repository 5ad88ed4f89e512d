using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Tests.ServiceDefaults.Audio;

public sealed class Pcm16Tests
{
    [Fact]
    public void Every_value_survives_there_and_back()
    {
        var all = Enumerable.Range(short.MinValue, 65_536).Select(value => (short)value).ToArray();
        var samples = new float[all.Length];
        var again = new short[all.Length];

        Pcm16.ToFloat(all, samples);
        Pcm16.FromFloat(samples, again);

        Assert.Equal(all, again);
        Assert.All(samples, sample => Assert.InRange(sample, -1f, 1f));
    }

    [Fact]
    public void Too_loud_is_clipped() =>
        Assert.Equal([0xFF, 0x7F, 0x00, 0x80], Pcm16.ToBytes([3f, -3f]));

    [Fact]
    public void An_odd_last_byte_is_left_out() => Assert.Equal([0.5f], Pcm16.ToSamples([0x00, 0x40, 0x01]));
}
