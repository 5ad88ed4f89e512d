using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Phonemes;

/// <summary>Misaki's alphabet → the IPA that espeak-ng writes for American English and that Piper voices were trained on.</summary>
public static partial class EspeakSymbols
{
    // One letter of misaki's stands for what espeak writes with two.
    private static readonly (string Misaki, string Espeak)[] Letters =
    [
        ("ʤ", "dʒ"), ("ʧ", "tʃ"), ("A", "eɪ"), ("I", "aɪ"), ("Y", "ɔɪ"), ("O", "oʊ"), ("W", "aʊ"), ("ᵊ", "ə"), ("T", "ɾ"), ("ɜɹ", "ɜː"),
    ];

    /// <summary>Translates the phonemes of one word.</summary>
    public static string FromMisaki(string phonemes)
    {
        foreach (var (misaki, espeak) in Letters)
        {
            phonemes = phonemes.Replace(misaki, espeak, StringComparison.Ordinal);
        }

        phonemes = ColouredSchwa.Replace(phonemes, "ɚ").Replace("ɑ", "ɑː", StringComparison.Ordinal);
        phonemes = OpenO.Replace(phonemes, "ɔː");
        phonemes = MergedA.Replace(phonemes, "æ");
        return FinalU.Replace(StressedHighVowel.Replace(phonemes, "$0ː"), "uː");
    }

    /// <summary>True when the word begins with a vowel sound, which decides how "the" and "to" are said before it.</summary>
    public static bool BeginsWithVowel(string phonemes) => LeadingVowel.IsMatch(phonemes);

    [GeneratedRegex("əɹ(?![aeiouæɐɑɔəɛɜɪʊʌˈˌ])")]
    private static partial Regex ColouredSchwa { get; }

    [GeneratedRegex("ɔ(?!ɪ)")]
    private static partial Regex OpenO { get; }

    // Misaki writes "Paris" and "merit" alike; with espeak's sign for the first, voices are understood better in both, and "Paris" is no "purse".
    [GeneratedRegex("ɛ(?=ɹə[bdfɡhjklmnpstvwzðŋʃʒθ])")]
    private static partial Regex MergedA { get; }

    [GeneratedRegex("(?<=[ˈˌ])[iu]")]
    private static partial Regex StressedHighVowel { get; }

    [GeneratedRegex("u$")]
    private static partial Regex FinalU { get; }

    [GeneratedRegex("^[ˈˌ]?[aeiouæɐɑɒɔəɚɛɜɪʊʌᵻ]")]
    private static partial Regex LeadingVowel { get; }
}
