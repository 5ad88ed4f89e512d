namespace SpeechBot.Tests.Support;

/// <summary>How far what was heard is from what was said.</summary>
public static class WordErrorRate
{
    /// <summary>
    /// The words to put in, leave out or change, as a share of the words expected: 0 is right to the word, and more than 1 is possible.
    /// Case, punctuation and the writing of numbers, prices and common abbreviations make no difference.
    /// </summary>
    public static double Of(string expected, string actual)
    {
        var (said, heard) = (SpokenWords.Of(expected), SpokenWords.Of(actual));
        return said.Count == 0 ? (heard.Count == 0 ? 0 : 1) : (double)Distance(said, heard) / said.Count;
    }

    /// <summary>Over many sentences: all errors by all words, so that a short sentence weighs no more than its words.</summary>
    public static double Of(IEnumerable<(string Expected, string Actual)> pairs)
    {
        var (errors, words) = (0, 0);
        foreach (var (expected, actual) in pairs)
        {
            var said = SpokenWords.Of(expected);
            errors += Distance(said, SpokenWords.Of(actual));
            words += said.Count;
        }

        return words == 0 ? 0 : (double)errors / words;
    }

    /// <summary>
    /// The same by letters, without the spaces: for a sentence of a few words that the smallest Whisper hears back, where "France is" and
    /// "Francis" are no different in sound.
    /// </summary>
    public static double OfLetters(string expected, string actual)
    {
        var (said, heard) = (string.Concat(SpokenWords.Of(expected)), string.Concat(SpokenWords.Of(actual)));
        return said.Length == 0 ? (heard.Length == 0 ? 0 : 1) : (double)Distance([.. said], [.. heard]) / said.Length;
    }

    // Levenshtein's distance, one row of the table at a time.
    private static int Distance<T>(IReadOnlyList<T> said, IReadOnlyList<T> heard)
        where T : IEquatable<T>
    {
        var row = Enumerable.Range(0, heard.Count + 1).ToArray();
        for (var i = 1; i <= said.Count; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= heard.Count; j++)
            {
                var change = diagonal + (said[i - 1].Equals(heard[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
