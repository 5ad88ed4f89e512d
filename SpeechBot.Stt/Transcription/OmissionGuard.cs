namespace SpeechBot.Stt.Transcription;

/// <summary>
/// Finds where Whisper wrote a few words for a long stretch of speech and left out the rest ("this proverb is often." for 22 s). It does so
/// now and then on audio that begins with a word, and is sure of itself: neither its probabilities nor its timestamps tell.
/// </summary>
public static class OmissionGuard
{
    // Speech has about 15 letters in a second of sound, its pauses left out. Who counts slowly has fewer, as digits are short, and is only
    // decoded twice.
    private const double FewestLettersPerSecond = 5;

    // In less, somebody may have drawled a word or laughed.
    private const double ShortestSeconds = 5;

    /// <summary>Whether most of what was said must be missing.</summary>
    /// <param name="text">What the model wrote; a note on other sounds, such as "[Music]", is never suspected.</param>
    /// <param name="seconds">How many seconds of sound the audio has, without its pauses; see <see cref="RepeatGuard.SecondsOfSound"/>.</param>
    public static bool Suspects(string text, double seconds) =>
        seconds >= ShortestSeconds && text.Length > 0 && text[0] is not ('[' or '(' or '*' or '♪') && Letters(text) < seconds * FewestLettersPerSecond;

    /// <summary>How many letters and digits it has.</summary>
    public static int Letters(string text) => text.Count(char.IsLetterOrDigit);
}
