using SpeechBot.Bench.Talking;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.EndToEnd;

[Collection(nameof(EndToEndCollection))]
public sealed class SpokenQuestionTests(AppHostFixture system)
{
    [Theory]
    [InlineData("sequential", false)]
    [InlineData("sequential", true)]
    [InlineData("streamed", false)]
    [InlineData("streamed", true)]
    [InlineData("speculative", true)]
    public async Task A_spoken_question_is_understood_and_answered_aloud(string pipeline, bool handsFree)
    {
        await using var talker = await Talker.StartAsync(system.Web, pipeline, handsFree, TestContext.Current.CancellationToken);

        var turn = await talker.SayAsync("capital-of-france.wav", TestAudio.Read("capital-of-france.wav"), TestContext.Current.CancellationToken);

        Assert.Null(turn.Error);
        Assert.Equal(0, WordErrorRate.Of("What is the capital of France?", turn.Transcript));
        Assert.Contains("Paris", turn.Answer);
        var heard = await system.TranscribeAsync(talker.LastAnswer);
        Assert.True(WordErrorRate.OfLetters(turn.Answer, heard) <= 0.2, $"'{turn.Answer}' was heard as '{heard}'");
        Assert.False(turn.AnsweredEarly);
    }

    [Fact]
    public async Task A_second_question_is_answered_in_the_same_conversation()
    {
        await using var talker = await Talker.StartAsync(system.Web, "speculative", handsFree: true, TestContext.Current.CancellationToken);
        foreach (var (clip, words) in new[] { ("spider-legs.wav", "How many legs does a spider have?"), ("sky-blue.wav", "Why is the sky blue?") })
        {
            var turn = await talker.SayAsync(clip, TestAudio.Read(clip), TestContext.Current.CancellationToken);

            Assert.Null(turn.Error);
            Assert.Equal(0, WordErrorRate.Of(words, turn.Transcript));
            Assert.NotEmpty(turn.Answer);
        }
    }
}
