using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Times of day: "3:05 p.m." → "three oh five P.M", "10:00" → "ten o'clock".</summary>
internal static partial class Times
{
    private const string HalfPattern = @"(?:\s?([AaPp])\.?[Mm]\b(?:\.(?!\s*$|\s+[A-Z]))?)";

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(ClockWithStop, match => Say(match.Groups[1].Value, match.Groups[2].Value, "", match.Groups[3].Value)),
        new(Clock, match => Say(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value)),
        new(HourOnly, match => Number(match.Groups[1].Value) is >= 1 and <= 12 and var hour ? $"{Numerals.Cardinal(hour)} {Half(match.Groups[2].Value)}" : null),
    ];

    private static string? Say(string hours, string minutes, string seconds, string half)
    {
        var (hour, minute) = (Number(hours), Number(minutes));
        if (hour > 24 || minute > 59)
        {
            return null;
        }

        var time = $"{Numerals.Cardinal(hour)} " + minute switch
        {
            0 when half.Length > 0 || seconds.Length > 0 => "",
            0 when hour is >= 1 and <= 12 => "o'clock ",
            0 => "hundred ",
            < 10 => $"oh {Numerals.Cardinal(minute)} ",
            _ => Numerals.Cardinal(minute) + " ",
        };
        return (time + (seconds.Length > 0 ? $"and {Numerals.Cardinal(Number(seconds))} seconds " : "") + Half(half)).TrimEnd();
    }

    private static string Half(string letter) => letter.Length == 0 ? "" : letter.ToUpperInvariant() + ".M";

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    // Only with its half of the day: "3.30" alone is a number.
    [GeneratedRegex(@"(?<![\w:.])(\d{1,2})\.(\d{2})" + HalfPattern)]
    private static partial Regex ClockWithStop { get; }

    [GeneratedRegex(@"(?<![\w:.])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])" + HalfPattern + "?")]
    private static partial Regex Clock { get; }

    [GeneratedRegex(@"(?<![\w:.])(\d{1,2})" + HalfPattern)]
    private static partial Regex HourOnly { get; }
}
