using System.Collections.Frozen;

namespace SpeechBot.ServiceDefaults.Text;

/// <summary>Does a full stop, question or exclamation mark end the sentence?</summary>
internal static class SentenceEnd
{
    // After an abbreviation a capital alone proves nothing ("the U.S. Army"); these words do open a sentence.
    private static readonly FrozenSet<string> Openers = FrozenSet.ToFrozenSet(
        [
            "the", "a", "an", "this", "that", "these", "those", "it", "he", "she", "they", "we", "i", "you", "there",
            "in", "on", "at", "as", "if", "when", "while", "after", "before", "but", "and", "so", "then", "however",
            "what", "who", "where", "why", "how", "do", "does", "is", "are", "let", "please", "yes", "no", "his",
            "her", "its", "their", "our", "my", "your", "one", "some", "many", "most", "for", "to", "with", "also",
        ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Judges the mark at <paramref name="mark"/> whose closing quotes end before <paramref name="end"/>.</summary>
    /// <returns>Null when more text is needed to tell.</returns>
    public static bool? Judge(string text, int mark, int end, bool complete)
    {
        if (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            return false;
        }

        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        if (next >= text.Length)
        {
            return complete ? true : null;
        }

        if (text[mark] is '!' or '?')
        {
            return true;
        }

        var word = WordBefore(text, mark);
        if (IsListNumber(text, mark, word))
        {
            return false;
        }

        if (end - mark > 1 && !(text[mark + 1] is '"' or '”' or ')' or '*' or '_'))
        {
            // An ellipsis: "well... maybe" goes on, "Well... Maybe" does not.
            return !char.IsLower(text[next]);
        }

        return AfterWord(text, word, next, complete);
    }

    private static bool? AfterWord(string text, ReadOnlySpan<char> word, int next, bool complete)
    {
        var numberFollows = char.IsAsciiDigit(text[next]);
        if (Abbreviations.IsAlsoWord(word))
        {
            return !numberFollows;
        }

        if (Abbreviations.AlwaysGoesOn(word))
        {
            return false;
        }

        var initials = Abbreviations.IsInitials(word);
        if (!initials && !Abbreviations.MayGoOn(word))
        {
            return true;
        }

        if (numberFollows || char.IsLower(text[next]))
        {
            return false;
        }

        if (!char.IsLetter(text[next]))
        {
            return true;
        }

        var nextWord = WordFrom(text, next);
        if (next + nextWord.Length >= text.Length && !complete)
        {
            return null;
        }

        return Openers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(nextWord);
    }

    /// <summary>"1." at the start of a line numbers what follows.</summary>
    private static bool IsListNumber(string text, int mark, ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > 2 || word.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var before = mark - word.Length - 1;
        while (before >= 0 && text[before] is ' ' or '*' or '_')
        {
            before--;
        }

        return before < 0 || text[before] == '\n';
    }

    private static ReadOnlySpan<char> WordBefore(string text, int mark)
    {
        var start = mark;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        return text.AsSpan(start, mark - start);
    }

    private static ReadOnlySpan<char> WordFrom(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return text.AsSpan(start, end - start);
    }
}
