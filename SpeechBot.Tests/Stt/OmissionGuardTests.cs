using SpeechBot.Stt.Transcription;

namespace SpeechBot.Tests.Stt;

public sealed class OmissionGuardTests
{
    [Theory]
    [InlineData("this proverb is often.", 18)]
    [InlineData("the capital of France.", 8.6)]
    public void A_few_words_for_much_sound_are_suspected(string text, double seconds) => Assert.True(OmissionGuard.Suspects(text, seconds));

    [Theory]
    [InlineData("Ask not what your country can do for you, ask what you can do for your country.", 9)]
    [InlineData("Hmm.", 3)]
    [InlineData("[Music]", 20)]
    [InlineData("(wind blowing)", 20)]
    [InlineData("", 20)]
    public void Slow_and_short_speech_is_not_and_neither_are_other_sounds(string text, double seconds) => Assert.False(OmissionGuard.Suspects(text, seconds));
}
