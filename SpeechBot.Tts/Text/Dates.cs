using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Dates in the usual orders, and decades. Ambiguous slashes are read month first, as in the United States.</summary>
internal static partial class Dates
{
    private const string MonthPattern =
        @"(Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)";

    private const string DayPattern = @"(\d{1,2})(?:st|nd|rd|th)?";

    private static readonly string[] MonthNames = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    private static readonly Dictionary<string, string> Weekdays = WordTable.Parse(
        """
        Mon = Monday; Tue = Tuesday; Tues = Tuesday; Wed = Wednesday; Thu = Thursday
        Thur = Thursday; Thurs = Thursday; Fri = Friday; Sat = Saturday; Sun = Sunday
        """);

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(Weekday, match => Weekdays[match.Groups[1].Value] + " "),
        new(YearFirst, match => Say(match.Groups[3].Value, match.Groups[2].Value, match.Groups[1].Value)),
        new(Slashes, match => SaySlashes(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)),
        new(Dots, match => Say(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)),
        new(MonthDay, match => Say(match.Groups[2].Value, Month(match.Groups[1].Value), match.Groups[3].Value)),
        new(DayMonth, match => SayDayFirst(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value)),
        new(MonthYear, match => $"{MonthNames[Month(match.Groups[1].Value) - 1]} {Year(match.Groups[2].Value)}"),
        new(ShortMonth, match => MonthNames[Month(match.Value) - 1]),
        new(Decade, match => Numerals.Plural(Numerals.Year(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))),
        new(ShortDecade, match => Numerals.Plural(Numerals.Cardinal(Numerals.Parse(match.Groups[1].Value)))),
    ];

    private static int Month(string name) => Array.FindIndex(MonthNames, month => month.StartsWith(name[..3], StringComparison.OrdinalIgnoreCase)) + 1;

    private static string? Say(string day, string month, string year) => Say(day, int.Parse(month, CultureInfo.InvariantCulture), year);

    private static string? Say(string day, int month, string year)
    {
        var number = int.Parse(day, CultureInfo.InvariantCulture);
        return month is < 1 or > 12 || number is < 1 or > 31 ? null
            : $"{MonthNames[month - 1]} {Numerals.Ordinal(number)}" + (year.Length > 0 ? $", {Year(year)}" : "");
    }

    private static string? SaySlashes(string first, string second, string year) => Say(second, first, year) ?? Say(first, second, year);

    private static string? SayDayFirst(string article, string day, string month, string year) =>
        int.Parse(day, CultureInfo.InvariantCulture) is >= 1 and <= 31 and var number
            ? $"{(article.Length > 0 ? article : "the ")}{Numerals.Ordinal(number)} of {MonthNames[Month(month) - 1]}" + (year.Length > 0 ? $", {Year(year)}" : "")
            : null;

    private static string Year(string written) => written.Length switch
    {
        2 => $"twenty {(written[0] == '0' ? "oh " + Numerals.Digits(written[1..]) : Numerals.Cardinal(Numerals.Parse(written)))}",
        _ => Numerals.Year(int.Parse(written, CultureInfo.InvariantCulture)),
    };

    [GeneratedRegex(@"\b(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,?\s(?=" + MonthPattern + @"\b|\d)")]
    private static partial Regex Weekday { get; }

    [GeneratedRegex(@"(?<![\w-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\w-])")]
    private static partial Regex YearFirst { get; }

    [GeneratedRegex(@"(?<![\w/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\w/])")]
    private static partial Regex Slashes { get; }

    [GeneratedRegex(@"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\w]|\.\d)")]
    private static partial Regex Dots { get; }

    [GeneratedRegex(@"\b" + MonthPattern + @"\s" + DayPattern + @"\b(?![:.]\d)(?:,?\s(\d{4})\b)?")]
    private static partial Regex MonthDay { get; }

    [GeneratedRegex(@"\b([Tt]he )?" + DayPattern + @"\s(?:of\s)?" + MonthPattern + @"(?![a-z])(?:,?\s(\d{4})\b)?")]
    private static partial Regex DayMonth { get; }

    [GeneratedRegex(@"\b" + MonthPattern + @",?\s(\d{4})\b")]
    private static partial Regex MonthYear { get; }

    [GeneratedRegex(@"\b(?:Jan|Feb|Apr|Aug|Sept?|Oct|Nov|Dec)\.(?=\s[a-z])")]
    private static partial Regex ShortMonth { get; }

    [GeneratedRegex(@"\b(1\d\d0|20\d0)'?s\b")]
    private static partial Regex Decade { get; }

    [GeneratedRegex(@"(?<![\w.])'?([2-9]0)'?s\b")]
    private static partial Regex ShortDecade { get; }
}
