namespace SpeechBot.ServiceDefaults.Text;

/// <summary>Words by white space, with the places where one may be parted from the next.</summary>
internal static class Words
{
    /// <summary>Start and end of each word that has something to say. The last may still be growing.</summary>
    public static List<Range> In(string text)
    {
        List<Range> words = [];
        for (var i = 0; i < text.Length;)
        {
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            var start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (IsSpeakable(text.AsSpan(start, i - start)))
            {
                words.Add(start..i);
            }
        }

        return words;
    }

    /// <summary>True when there is a letter, a digit or a currency sign: anything that makes a sound.</summary>
    public static bool IsSpeakable(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character) || character is '$' or '€' or '£' or '%' or '°')
            {
                return true;
            }
        }

        return false;
    }
}
