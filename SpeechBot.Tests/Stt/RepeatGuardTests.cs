using SpeechBot.Stt.Transcription;

namespace SpeechBot.Tests.Stt;

public sealed class RepeatGuardTests
{
    [Theory]
    [InlineData("Tell me a short joke. Tell me a short joke. Tell me a short joke.", 1.5, "Tell me a short joke.")]
    [InlineData("Why is the sky blue? Why is the sky blue?", 1.2, "Why is the sky blue?")]
    [InlineData("And so my fellow Americans. And so my fellow Americans.", 1.9, "And so my fellow Americans.")]
    [InlineData("I think that that that that that that that that that that", 1, "I think that")]
    [InlineData("The book cost $29.95 in the shop. The book cost $29.95 in the shop.", 3.2, "The book cost $29.95 in the shop.")]
    [InlineData("Stop. Stop. Stop. Stop. Stop. Stop. Stop. Stop. Stop.", 0.8, "Stop.")]
    public void Repeats_at_the_end_are_cut(string text, double seconds, string expected) =>
        Assert.Equal(expected, RepeatGuard.CutTail(text, seconds));

    [Theory]
    [InlineData("No, no, no.", 1.5)]
    [InlineData("That is very very good.", 2)]
    [InlineData("Ask not what your country can do for you, ask what you can do for your country.", 9)]
    [InlineData("Knock knock. Knock knock.", 2)]
    [InlineData("Four more years! Four more years! Four more years!", 3)]
    [InlineData("", 1)]
    public void What_people_say_twice_stays(string text, double seconds) => Assert.Equal(text, RepeatGuard.CutTail(text, seconds));

    [Theory]
    [InlineData("What is the capital of France? What is the capital", "What is the capital of France?")]
    [InlineData("Tell me a joke. Tell me a joke. Tell me", "Tell me a joke.")]
    [InlineData("Hello there can you hear me? I am in Rome. Hello there can you hear me? I", "Hello there can you hear me? I am in Rome.")]
    [InlineData("and how long it took, and how long it took, and how", "and how long it took")]
    [InlineData("No. I do not know what", "No. I do not know what")]
    public void A_text_that_did_not_end_is_suspected_whatever_its_length(string text, string expected) =>
        Assert.Equal(expected, RepeatGuard.CutTail(text, 10, ranAway: true));

    [Fact]
    public void Pauses_do_not_count_as_sound()
    {
        var samples = new float[5 * 16_000];
        samples.AsSpan(16_000, 24_000).Fill(0.1f);

        Assert.Equal(1.5, RepeatGuard.SecondsOfSound(samples), 0.05);
    }
}
