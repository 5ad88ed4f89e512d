using SpeechBot.Stt.Transcription;

namespace SpeechBot.Tests.Stt;

public sealed class SegmentConverterTests
{
    [Theory]
    [InlineData("[Music]", true)]
    [InlineData("[", true)]
    [InlineData("[Mus", true)]
    [InlineData("(laughing) *sigh*", true)]
    [InlineData("♪♪", true)]
    [InlineData("...", true)]
    [InlineData("", true)]
    [InlineData("[Music] Stop.", false)]
    [InlineData("(I think so", false)]
    [InlineData("7?", false)]
    public void A_note_on_a_sound_is_no_words(string text, bool isNote) => Assert.Equal(isNote, SegmentConverter.IsSoundNote(text));
}
