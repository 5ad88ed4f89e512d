namespace SpeechBot.Tts.Phonemes;

/// <summary>Words that a lexicon has only without their ending: "synthesizers", "Tolkien's", "buffered", "googling".</summary>
internal static class SuffixRules
{
    private const string VoicelessStops = "ptkfθ";
    private const string Sibilants = "szʃʒ";

    private static readonly (string Ending, string Sound)[] Contractions =
        [("n't", "ənt"), ("'ll", "əl"), ("'ve", "v"), ("'re", "ɚ"), ("'d", "d"), ("'m", "m")];

    /// <summary>The phonemes of a word with an ending, or null when its stem is not known.</summary>
    /// <param name="word">The word in lower case.</param>
    /// <param name="find">The phonemes of a stem, or null.</param>
    public static string? Find(string word, Func<string, string?> find) =>
        Possessive(word, find) ?? Contraction(word, find) ?? Plural(word, find) ?? Past(word, find) ?? Continuous(word, find) ?? Adverb(word, find);

    /// <summary>Adds the sound of -s, which depends on what stands before it.</summary>
    public static string WithS(string stem) =>
        stem + (VoicelessStops.Contains(Last(stem)) ? "s" : Sibilants.Contains(Last(stem)) ? "ᵻz" : "z");

    private static string WithD(string stem) =>
        stem + (Last(stem) is 't' or 'd' ? "ᵻd" : VoicelessStops.Contains(Last(stem)) || Last(stem) is 's' or 'ʃ' ? "t" : "d");

    private static string? Possessive(string word, Func<string, string?> find) =>
        word.EndsWith("s'", StringComparison.Ordinal) ? find(word[..^1]) ?? Plural(word[..^1], find)
        : word.EndsWith("'s", StringComparison.Ordinal) && find(word[..^2]) is { Length: > 0 } stem ? WithS(stem)
        : null;

    private static string? Contraction(string word, Func<string, string?> find)
    {
        foreach (var (ending, sound) in Contractions)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && find(word[..^ending.Length]) is { } stem)
            {
                return stem + sound;
            }
        }

        return null;
    }

    private static string? Plural(string word, Func<string, string?> find) =>
        word.Length <= 3 || word[^1] != 's' || word[^2] == 's' ? null
        : FirstOf(find, word[..^1], EndsWith(word, "es", ""), EndsWith(word, "ies", "y"), EndsWith(word, "ves", "f")) is { } stem ? WithS(stem)
        : null;

    private static string? Past(string word, Func<string, string?> find) =>
        word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal)
            && FirstOf(find, word[..^2], word[..^1], Undoubled(word[..^2]), EndsWith(word, "ied", "y")) is { } stem ? WithD(stem) : null;

    private static string? Continuous(string word, Func<string, string?> find) =>
        word.Length > 5 && word.EndsWith("ing", StringComparison.Ordinal)
            && FirstOf(find, word[..^3], word[..^3] + "e", Undoubled(word[..^3])) is { } stem ? stem + "ɪŋ" : null;

    private static string? Adverb(string word, Func<string, string?> find) =>
        word.Length > 5 && FirstOf(find, EndsWith(word, "ly", ""), EndsWith(word, "ily", "y")) is { } stem ? stem.TrimEnd('ː') + "li" : null;

    private static string? FirstOf(Func<string, string?> find, params ReadOnlySpan<string?> stems)
    {
        foreach (var stem in stems)
        {
            if (stem is { Length: > 1 } && find(stem) is { Length: > 0 } phonemes)
            {
                return phonemes;
            }
        }

        return null;
    }

    private static string? EndsWith(string word, string ending, string instead) =>
        word.EndsWith(ending, StringComparison.Ordinal) ? word[..^ending.Length] + instead : null;

    /// <summary>"stopp" → "stop".</summary>
    private static string? Undoubled(string stem) => stem.Length > 2 && stem[^1] == stem[^2] ? stem[..^1] : null;

    private static char Last(string phonemes) => phonemes.TrimEnd('ː')[^1];
}
