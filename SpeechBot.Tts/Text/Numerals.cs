using System.Globalization;
using System.Text;
using Humanizer;

namespace SpeechBot.Tts.Text;

/// <summary>Numbers → English words, without hyphens and without "and": 1,234 → "one thousand two hundred thirty four".</summary>
internal static class Numerals
{
    /// <summary>A number as people write it: 1,234,567.89 or 1234.5 or 7.</summary>
    public const string Pattern = @"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)";

    private const int LongestCardinal = 15;

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly string[] Names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    private static readonly Dictionary<string, string> OddOrdinals = WordTable.Parse(
        """
        one = first; two = second; three = third; five = fifth
        eight = eighth; nine = ninth; twelve = twelfth
        """);

    /// <summary>5 → "five".</summary>
    public static string Cardinal(long number) =>
        number.ToWords(English, addAnd: false).Replace('-', ' ').Replace(" and ", " ", StringComparison.Ordinal);

    /// <summary>5 → "fifth".</summary>
    public static string Ordinal(long number)
    {
        var words = Cardinal(number);
        var lastAt = words.LastIndexOf(' ') + 1;
        var last = words[lastAt..];
        var ordinal = OddOrdinals.TryGetValue(last, out var odd) ? odd : last.EndsWith('y') ? last[..^1] + "ieth" : last + "th";
        return words[..lastAt] + ordinal;
    }

    /// <summary>"1,234.50" → "one thousand two hundred thirty four point five zero"; beyond 15 digits, digit by digit.</summary>
    public static string Amount(string written)
    {
        var parts = written.Replace(",", "", StringComparison.Ordinal).Split('.');
        var whole = parts[0].Length is 0 ? Names[0] : parts[0].Length > LongestCardinal || HasLeadingZero(parts[0]) ? Digits(parts[0]) : Cardinal(Parse(parts[0]));
        return parts.Length == 1 ? whole : $"{whole} point {Digits(parts[1])}";
    }

    /// <summary>"555" → "five five five"; anything that is no digit is skipped.</summary>
    public static string Digits(string written)
    {
        var words = new StringBuilder();
        foreach (var character in written.Where(char.IsAsciiDigit))
        {
            words.Append(words.Length > 0 ? " " : "").Append(Names[character - '0']);
        }

        return words.ToString();
    }

    /// <summary>1984 → "nineteen eighty four", 1905 → "nineteen oh five", 2008 → "two thousand eight", 2026 → "twenty twenty six".</summary>
    public static string Year(int year)
    {
        var (century, rest) = (year / 100, year % 100);
        return year is < 1000 or > 9999 || (century % 10 == 0 && rest < 10) ? Cardinal(year)
            : rest == 0 ? $"{Cardinal(century)} hundred"
            : rest < 10 ? $"{Cardinal(century)} oh {Names[rest]}"
            : $"{Cardinal(century)} {Cardinal(rest)}";
    }

    /// <summary>"thirty" → "thirties", "hundred" → "hundreds".</summary>
    public static string Plural(string words) => words.EndsWith('y') ? words[..^1] + "ies" : words.EndsWith('x') ? words + "es" : words + "s";

    /// <summary>Reads a number that <see cref="Pattern"/> matched, without its decimals.</summary>
    public static long Parse(string written) =>
        long.TryParse(written.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    private static bool HasLeadingZero(string digits) => digits.Length > 1 && digits[0] == '0';
}
