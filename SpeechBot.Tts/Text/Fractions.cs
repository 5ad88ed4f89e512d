using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>"1/2" → "one half", "2¾" → "two and three quarters".</summary>
internal static partial class Fractions
{
    private const int LargestDenominator = 100;

    private static readonly Dictionary<string, string> Signs = WordTable.Parse(
        """
        ½ = 1/2; ⅓ = 1/3; ⅔ = 2/3; ¼ = 1/4; ¾ = 3/4; ⅕ = 1/5; ⅖ = 2/5; ⅗ = 3/5; ⅘ = 4/5; ⅙ = 1/6; ⅚ = 5/6; ⅛ = 1/8; ⅜ = 3/8; ⅝ = 5/8; ⅞ = 7/8
        """);

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        // Said as they are written, whatever they would mean as a fraction.
        new(Idiom, match => $"{Numerals.Amount(match.Groups[1].Value)} {Numerals.Amount(match.Groups[2].Value)}"),
        new(Sign, match => Say(match.Groups[1].Value, Signs[match.Groups[2].Value][..1], Signs[match.Groups[2].Value][2..])),
        new(Slash, match => Say(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)),
    ];

    private static string? Say(string whole, string numerator, string denominator)
    {
        var (above, below) = (Number(numerator), Number(denominator));
        var one = above == 1;
        var part = below switch
        {
            < 2 or > LargestDenominator => null,
            2 => one ? "half" : "halves",
            4 => one ? "quarter" : "quarters",
            _ => Numerals.Ordinal(below) + (one ? "" : "s"),
        };
        return part is null ? null
            : whole.Length == 0 ? $"{Numerals.Cardinal(above)} {part}"
            : $"{Numerals.Cardinal(Number(whole))} and {(one ? "a" : Numerals.Cardinal(above))} {part}";
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w/.])(24(?=/7\b)|9(?=/11\b)|50(?=/50\b))/(\d+)(?![/\d])")]
    private static partial Regex Idiom { get; }

    [GeneratedRegex(@"(\d{1,6})?\s?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])")]
    private static partial Regex Sign { get; }

    [GeneratedRegex(@"(?<![\w/.])(?:(\d{1,6})\s)?(\d{1,3})/(\d{1,3})(?![\w/.]\d|[\w/])")]
    private static partial Regex Slash { get; }
}
