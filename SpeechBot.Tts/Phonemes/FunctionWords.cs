namespace SpeechBot.Tts.Phonemes;

/// <summary>Small words whose sound depends on the next word, or that are weaker in a sentence than in a lexicon.</summary>
internal static class FunctionWords
{
    /// <summary>The phonemes of a function word, or null for any other word.</summary>
    /// <param name="word">The word as written; a capital A inside a sentence is a letter, not the article.</param>
    /// <param name="isFirst">True at the beginning of a sentence.</param>
    /// <param name="beforeVowel">The next word begins with a vowel sound.</param>
    public static string? Find(string word, bool isFirst, bool beforeVowel) => word switch
    {
        "a" => "ɐ",
        "A" when isFirst => "ɐ",
        "an" or "An" => "ɐn",
        "the" or "The" or "THE" => beforeVowel ? "ði" : "ðə",
        "to" or "To" or "TO" => beforeVowel ? "tʊ" : "tə",
        "I" or "i" => "aɪ",
        _ => null,
    };
}
