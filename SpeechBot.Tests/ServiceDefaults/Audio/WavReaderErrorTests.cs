using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Tests.ServiceDefaults.Audio;

public sealed class WavReaderErrorTests
{
    [Theory]
    [InlineData("OggS\0\u0002", "starts with 'OggS', an Ogg file")]
    [InlineData("fLaC\0\0", "a FLAC file")]
    [InlineData("ID3\u0004", "an MP3 file")]
    [InlineData("\0\0\0\u0020ftypM4A ", "an MP4 or M4A file")]
    [InlineData("FORM\0\0\0\0AIFF", "an AIFF file")]
    [InlineData("Dear diary, today I renamed a file.", "starts with 'Dear' and looks like text")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005", @"starts with '\x01\x02\x03\x04' instead of 'RIFF'")]
    [InlineData("R", "starts with 'R' and looks like text")]
    public void Another_kind_of_file_is_named(string content, string expected)
    {
        var message = MessageFor([.. content.Select(c => (byte)c)]);

        Assert.Contains(expected, message);
        Assert.Contains("Send a WAV file", message);
    }

    [Fact]
    public void A_recording_of_a_browser_is_named() =>
        Assert.Contains("a WebM or Matroska file", MessageFor([0x1A, 0x45, 0xDF, 0xA3, 0x9F]));

    [Fact]
    public void An_mp3_without_a_tag_is_named() => Assert.Contains("an MP3 file", MessageFor([0xFF, 0xFB, 0x90, 0x64, 0, 0]));

    [Fact]
    public void Nothing_at_all_is_said_to_be_empty() => Assert.Contains("The file is empty (0 bytes)", MessageFor([]));

    [Fact]
    public void A_file_may_end_anywhere_in_its_header()
    {
        var bytes = new WavBuilder { Frames = new float[4], Extensible = true }.ToBytes();
        for (var length = 0; length < bytes.Length - 8; length++)
        {
            Assert.NotEmpty(MessageFor(bytes[..length]));
        }
    }

    [Fact]
    public void A_file_without_sound_says_so() =>
        Assert.Contains("no 'data' chunk", MessageFor([.. "RIFF"u8, 28, 0, 0, 0, .. "WAVE"u8]));

    [Fact]
    public void A_riff_file_of_another_kind_says_so() =>
        Assert.Contains("without 'WAVE'", MessageFor([.. "RIFF"u8, 4, 0, 0, 0, .. "AVI "u8]));

    [Theory]
    [InlineData(6, "A-law")]
    [InlineData(2, "ADPCM")]
    [InlineData(0x55, "MP3")]
    [InlineData(0x1234, "format 0x1234")]
    public void Samples_in_another_code_are_named(int tag, string expected) =>
        Assert.Contains(expected, MessageFor(new WavBuilder { Tag = tag, Frames = new float[4] }.ToBytes()));

    [Fact]
    public void Impossible_channels_rates_and_widths_are_named()
    {
        Assert.Contains("0 channels", MessageFor(new WavBuilder { Channels = 0 }.ToBytes()));
        Assert.Contains("33 channels; 1 to 32", MessageFor(new WavBuilder { Channels = 33 }.ToBytes()));
        Assert.Contains("0 samples per second", MessageFor(new WavBuilder { Rate = 0 }.ToBytes()));
        Assert.Contains("4000 to 384000", MessageFor(new WavBuilder { Rate = 1_000_000 }.ToBytes()));
        Assert.Contains("0-bit integer", MessageFor(new WavBuilder { DeclaredBits = 0, BlockAlign = 0 }.ToBytes()));
        Assert.Contains("64-bit integer", MessageFor(new WavBuilder { DeclaredBits = 64, BlockAlign = 8 }.ToBytes()));
        Assert.Contains("16-bit float", MessageFor(new WavBuilder { Tag = 3, DeclaredBits = 16 }.ToBytes()));
    }

    [Fact]
    public void Limits_are_named_with_what_was_seen()
    {
        var bytes = new WavBuilder { Frames = new float[32_000] }.ToBytes();

        Assert.Contains("64,044 bytes; the limit is 50,000", MessageFor(bytes, new WavLimits { MaxBytes = 50_000 }));
        Assert.Contains("2 s long; the limit is 1 s", MessageFor(bytes, new WavLimits { MaxDuration = TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public void Damaged_files_never_fail_in_another_way()
    {
        var random = new Random(7);
        var original = new WavBuilder { Frames = new float[64], Extensible = true, ChunksBefore = [("LIST", new byte[5])] }.ToBytes();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = original.ToArray();
            for (var change = 0; change < 1 + (round % 4); change++)
            {
                bytes[random.Next(100)] = (byte)random.Next(256);
            }

            try
            {
                WavReader.Read(bytes.AsMemory(0, random.Next(bytes.Length)));
            }
            catch (WavFormatException)
            {
                // The only error that a caller has to expect.
            }
        }
    }

    private static string MessageFor(byte[] bytes, WavLimits? limits = null) =>
        Assert.Throws<WavFormatException>(() => WavReader.Read(bytes, limits)).Message;
}
