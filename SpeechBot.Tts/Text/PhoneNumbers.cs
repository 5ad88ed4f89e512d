using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Telephone numbers, said digit by digit with a breath between the groups.</summary>
internal static partial class PhoneNumbers
{
    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(International, match => $"plus {Groups(match.Value)}"),
        new(NorthAmerican, match => Groups(match.Value)),
        new(Local, match => Groups(match.Value)),
    ];

    private static string Groups(string written) => string.Join(", ", DigitGroup.Matches(written).Select(group => Numerals.Digits(group.Value)));

    [GeneratedRegex(@"(?<!\w)\+\d{1,3}(?:[ .-]\(?\d{1,4}\)?){2,5}(?!\d)")]
    private static partial Regex International { get; }

    [GeneratedRegex(@"(?<![\w.-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])")]
    private static partial Regex NorthAmerican { get; }

    [GeneratedRegex(@"(?<![\w.-])\d{3}-\d{4}(?![\w-])")]
    private static partial Regex Local { get; }

    [GeneratedRegex(@"\d+")]
    private static partial Regex DigitGroup { get; }
}
