using SpeechBot.Stt.Transcription;

namespace SpeechBot.Tests.Stt;

public sealed class EncoderWindowTests
{
    [Theory]
    [InlineData(0.5, 192)]
    [InlineData(2.8, 192)]
    [InlineData(3.4, 224)]
    [InlineData(11, 608)]
    [InlineData(30, 1500)]
    public void The_encoder_is_cut_to_the_audio(double seconds, int positions) =>
        Assert.Equal(positions, EncoderWindow.SizeFor((int)(seconds * 16_000)));

    [Fact]
    public void Long_audio_is_cut_where_it_is_quietest()
    {
        var samples = Enumerable.Repeat(0.5f, 60 * 16_000).ToArray();
        samples.AsSpan(20 * 16_000, 16_000).Clear();

        var pieces = AudioSplitter.Split(samples).ToArray();

        Assert.InRange(pieces[0].Length, 20 * 16_000, 21 * 16_000);
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, EncoderWindow.MaxSamples));
        Assert.Equal(samples.Length, pieces.Sum(piece => piece.Length));
    }

    [Fact]
    public void Every_setting_that_cannot_work_is_named_at_once()
    {
        var result = new TranscriptionOptionsValidator().Validate(null, new TranscriptionOptions { ModelPath = "", QueueLimit = 0, Threads = -1 });

        Assert.Contains("Stt:ModelPath", result.FailureMessage);
        Assert.Contains("Stt:QueueLimit is 0", result.FailureMessage);
        Assert.Contains("Stt:Threads is -1", result.FailureMessage);
    }
}
