using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>"10–20 km" and "1990-1995" → "10 to 20 km", "1990 to 1995"; the numbers themselves are said later.</summary>
internal static partial class Ranges
{
    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(EnDash, _ => " to "),
        new(Hyphen, match => $"{match.Groups[1].Value} to {match.Groups[2].Value}"),
    ];

    [GeneratedRegex(@"(?<=\d(?:[%°CFkKMB]|\s?[ap]\.?m\.?)?)\s?[–—]\s?(?=[$€£]?\d)")]
    private static partial Regex EnDash { get; }

    // With a third part it is a date, a serial number or the like.
    [GeneratedRegex(@"(?<![\w/.-])(\d{1,4}(?:[.:]\d+)?)(?: - |-)(\d{1,4}(?:[.:]\d+)?)(?![\w/-]|\s*=)(?<!-0\d*)")]
    private static partial Regex Hyphen { get; }
}
