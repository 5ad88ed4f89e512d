using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Bare numbers: ordinals, versions, years, signs, letters and digits in one word, and the rest.</summary>
internal static partial class Numbers
{

    private static readonly Dictionary<string, string> Scales = WordTable.Parse(
        """
        k = thousand; M = million; bn = billion; B = billion; T = trillion
        """);

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(OrdinalNumber, match => Numerals.Ordinal(Numerals.Parse(match.Groups[1].Value))),
        new(Version, match => string.Join(match.Value.Count(c => c == '.') == 3 ? " dot " : " point ", match.Value.Split('.').Select(Numerals.Amount))),
        new(Scaled, match => $"{match.Groups[1].Value} {Scales[match.Groups[2].Value]}"),
        new(Power, match => $"{match.Groups[1].Value} to the power of {match.Groups[2].Value}"),
        new(Multiple, match => $"{match.Groups[1].Value} times"),
        new(NumberSign, match => $"number {match.Groups[1].Value}"),
        new(Minus, _ => "minus "),
        new(LetterThenDigit, _ => " "),
        new(BareYear, match => Numerals.Year(int.Parse(match.Value, CultureInfo.InvariantCulture))),
        new(Anything, match => $" {Numerals.Amount(match.Value)} "),
    ];

    [GeneratedRegex(@"\b(\d{1,3}(?:,\d{3})+|\d{1,12})(?:st|nd|rd|th)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OrdinalNumber { get; }

    [GeneratedRegex(@"(?<![\d.])\d+(?:\.\d+){2,}(?![\d])")]
    private static partial Regex Version { get; }

    [GeneratedRegex(@"\b(" + Numerals.Pattern + @")(k|M|bn|B|T)\b")]
    private static partial Regex Scaled { get; }

    [GeneratedRegex(@"(\d+)\^(-?\d+)")]
    private static partial Regex Power { get; }

    [GeneratedRegex(@"\b(" + Numerals.Pattern + @")x\b")]
    private static partial Regex Multiple { get; }

    [GeneratedRegex(@"(?:#|№)\s?(\d+)")]
    private static partial Regex NumberSign { get; }

    [GeneratedRegex(@"(?<![\w.)])[-−](?=\.?\d)|\s−\s(?=\d)|(?<=\d)\s-\s(?=\d[\d.,]*\s*=)")]
    private static partial Regex Minus { get; }

    [GeneratedRegex(@"(?<=[A-Za-z])-?(?=\d)|(?<=\d)-?(?=[A-Za-z])")]
    private static partial Regex LetterThenDigit { get; }

    // People and things are counted in thousands, but a bare number in this span is nearly always a year.
    [GeneratedRegex(@"(?<![\d.,])(?:1[1-9]\d\d|20\d\d)(?![\d]|[.,]\d)")]
    private static partial Regex BareYear { get; }

    [GeneratedRegex(@"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d*\.?\d+")]
    private static partial Regex Anything { get; }
}
