using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.ServiceDefaults.Audio;

public sealed class WavReaderTests
{
    public static TheoryData<int, bool, int, int, bool> Formats()
    {
        var data = new TheoryData<int, bool, int, int, bool>();
        foreach (var (bits, isFloat) in new[] { (8, false), (16, false), (24, false), (32, false), (32, true), (64, true) })
        {
            foreach (var channels in new[] { 1, 2, 6 })
            {
                foreach (var rate in new[] { 8_000, 11_025, 16_000, 24_000, 44_100, 48_000, 96_000 })
                {
                    data.Add(bits, isFloat, channels, rate, false);
                    data.Add(bits, isFloat, channels, rate, true);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_width_channel_count_and_rate_comes_back(int bits, bool isFloat, int channels, int rate, bool extensible)
    {
        var tone = Tones.Sine(440, rate, seconds: 0.05);
        var file = new WavBuilder { Bits = bits, IsFloat = isFloat, Channels = channels, Rate = rate, Extensible = extensible, Frames = tone };

        var clip = WavReader.Read(file.ToBytes());

        Assert.Equal(rate, clip.SampleRate);
        Assert.Equal(tone.Length, clip.Samples.Length);
        var step = isFloat ? 1e-6 : Math.Pow(2, 1 - bits) + 1e-6;
        Assert.All(clip.Samples.Zip(tone), pair => Assert.Equal(pair.Second, pair.First, step));
    }

    [Fact]
    public void Channels_are_mixed_by_their_mean()
    {
        var file = new WavBuilder { Channels = 2, Frames = [0.5f, -0.5f], ChannelGain = [1f, 0f] };

        Assert.Equal([0.25f, -0.25f], WavReader.Read(file.ToBytes()).Samples, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Twenty_bits_lie_in_the_upper_part_of_three_bytes()
    {
        var file = new WavBuilder { Bits = 24, DeclaredBits = 20, Frames = [0.5f, -0.25f] };

        Assert.Equal([0.5f, -0.25f], WavReader.Read(file.ToBytes()).Samples, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(0u, uint.MaxValue)]
    [InlineData(36u, 0u)]
    [InlineData(100_000u, 99_000u)]
    public void A_streamed_or_lying_header_ends_with_the_file(uint riffSize, uint dataSize)
    {
        var file = new WavBuilder { Frames = Tones.Sine(440, 16_000, 0.05), RiffSize = riffSize, DataSize = dataSize };

        Assert.Equal(800, WavReader.Read(file.ToBytes()).Samples.Length);
    }

    [Fact]
    public void A_data_chunk_of_size_zero_is_believed_where_the_whole_size_is_right()
    {
        var file = new WavBuilder { Frames = [], ChunksBehind = [("LIST", new byte[20])] };

        Assert.Empty(WavReader.Read(file.ToBytes()).Samples);
    }

    [Fact]
    public void Chunks_around_the_data_are_skipped_also_those_of_odd_size()
    {
        var file = new WavBuilder
        {
            Frames = Tones.Sine(440, 16_000, 0.05),
            ChunksBefore = [("JUNK", new byte[27]), ("LIST", new byte[1]), ("bext", new byte[602])],
            ChunksBehind = [("id3 ", new byte[33])],
        };

        Assert.Equal(800, WavReader.Read(file.ToBytes()).Samples.Length);
    }

    [Fact]
    public void A_frame_that_is_cut_off_is_left_out()
    {
        var bytes = new WavBuilder { Bits = 24, Channels = 2, Frames = new float[10] }.ToBytes();

        Assert.Equal(9, WavReader.Read(bytes.AsMemory(0, bytes.Length - 1)).Samples.Length);
    }

    [Fact]
    public void Samples_that_are_no_numbers_become_silence_and_loud_ones_are_clipped()
    {
        var file = new WavBuilder { Bits = 32, IsFloat = true, Frames = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 7, -7] };

        Assert.Equal([0f, 1f, -1f, 1f, -1f], WavReader.Read(file.ToBytes()).Samples);
    }

    [Fact]
    public void What_the_writer_writes_is_read_back()
    {
        var clip = TestAudio.Read("jfk.wav");

        Assert.Equal(clip.Samples, WavReader.Read(WavWriter.ToBytes(clip)).Samples);
        Assert.Equal(11.09, clip.Duration.TotalSeconds, 0.01);
    }

    [Fact]
    public void A_header_of_unknown_length_is_followed_by_any_number_of_samples()
    {
        byte[] file = [.. WavWriter.Header(24_000, 1, null), .. Pcm16.ToBytes([0.25f, -0.5f, 0.75f])];

        Assert.Equal([0.25f, -0.5f, 0.75f], WavReader.Read(file).Samples);
    }
}
