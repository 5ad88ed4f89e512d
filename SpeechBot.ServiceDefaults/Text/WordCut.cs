using System.Collections.Frozen;

namespace SpeechBot.ServiceDefaults.Text;

/// <summary>Where a first clause without punctuation may end: after a few words, never in the middle of one thing.</summary>
internal static class WordCut
{
    // Words that lean on the next one: cut after them and the voice sounds as if it lost its thread.
    private static readonly FrozenSet<string> Leaning = FrozenSet.ToFrozenSet(
        [
            "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "into", "about", "as", "than",
            "and", "or", "but", "nor", "so", "if", "because", "that", "which", "who", "is", "are", "was", "were", "be",
            "been", "am", "has", "have", "had", "do", "does", "did", "will", "would", "can", "could", "should", "may",
            "might", "must", "not", "no", "my", "your", "his", "her", "its", "our", "their", "this", "these", "those",
            "some", "any", "every", "each", "very", "more", "most", "it's", "i'm", "you're", "that's", "there's", "own",
            "i", "you", "he", "she", "it", "we", "they", "called", "named", "when", "where", "while", "after", "before", "until",
        ], StringComparer.OrdinalIgnoreCase);

    // They lean on what they count, and a number of several words is one thing.
    private static readonly FrozenSet<string> Numbers = FrozenSet.ToFrozenSet(
        [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
            "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "trillion",
        ], StringComparer.OrdinalIgnoreCase);

    // Words that no sentence ends with, and that are whole when a token brings them.
    private static readonly FrozenSet<string> NeverLast = FrozenSet.ToFrozenSet(
        ["an", "the", "of", "at", "by", "from", "with", "into", "than", "and", "or", "but", "because", "my", "your", "its", "our", "their", "every"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the end of the first clause in a text without usable punctuation.</summary>
    /// <param name="text">The sentence so far; its last word may still be growing.</param>
    /// <param name="wanted">Words that the clause should have; one less or more where that sounds better.</param>
    /// <returns>Null while it is too early to tell.</returns>
    public static Boundary? Find(string text, int wanted)
    {
        var words = Words.In(text);

        // Two words beyond the cut must have begun, so that no single word is left to stand alone; where the first cannot be the last, one.
        var most = words.Count - (words.Count > 0 && Is(NeverLast, text, words[^1]) ? 1 : 2);
        if (most < wanted)
        {
            // Where the wanted word leans on what follows, the one before it needs no further word to be chosen.
            var early = most == wanted - 1 && most >= 2 && words.Count > wanted && !IsNatural(text, words, wanted) && IsNatural(text, words, most);
            return early ? new Boundary(words[most - 1].End.Value, EndsSentence: false) : null;
        }

        int[] natural = [wanted, wanted - 1, wanted + 1];
        var count = natural.FirstOrDefault(count => count >= 2 && count <= most && IsNatural(text, words, count));
        if (count == 0)
        {
            // Worth one more word of waiting, but not two.
            count = Enumerable.Range(wanted, most - wanted + 1).FirstOrDefault(count => most > wanted && MayPart(text, words, count));
        }

        return count == 0 ? null : new Boundary(words[count - 1].End.Value, EndsSentence: false);
    }

    /// <summary>No bracket, link or code is open at the end of the text. A quotation may be: its marks are not heard, and it may be long.</summary>
    public static bool IsClosed(ReadOnlySpan<char> text) =>
        text.Count('(') == text.Count(')') && text.Count('[') == text.Count(']') && text.Count('`') % 2 == 0;

    private static bool IsNatural(string text, List<Range> words, int count) =>
        MayPart(text, words, count) && !Is(Leaning, text, words[count - 1]) && !Is(Numbers, text, words[count - 1]);

    private static bool Is(FrozenSet<string> kind, string text, Range word) => kind.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Bare(text, word));

    private static bool MayPart(string text, List<Range> words, int count)
    {
        var last = text.AsSpan()[words[count - 1]];
        var next = text.AsSpan()[words[count]];
        return !last.ContainsAnyInRange('0', '9')
            && !next.ContainsAnyInRange('0', '9')
            && !(Is(Numbers, text, words[count - 1]) && Is(Numbers, text, words[count]))
            && !(last[^1] is '.' or '$' or '€' or '£' or '(')
            && IsClosed(text.AsSpan(0, words[count - 1].End.Value));
    }

    private static ReadOnlySpan<char> Bare(string text, Range word) => text.AsSpan()[word].Trim("\"'*_.,;:!?()[]“”‘’");
}
