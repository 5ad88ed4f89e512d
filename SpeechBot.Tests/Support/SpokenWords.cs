using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SpeechBot.Tests.Support;

/// <summary>Text → its words as they sound, so that "$29.95" and "twenty-nine dollars and ninety-five cents" are the same.</summary>
public static partial class SpokenWords
{
    private static readonly Dictionary<string, string> Spellings =
        "ii=2 dr=doctor mr=mister mrs=missus ms=miss vs=versus ok=okay km=kilometers kg=kilograms cm=centimeters mm=millimeters lbs=pounds kilometres=kilometers metres=meters grey=gray colour=color theatre=theater"
            .Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The words, in lower case, without punctuation, numbers as digits (neighbouring ones joined).</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var plain = WithoutAccents(text.ToLowerInvariant()).Replace('’', '\'');
        plain = ThousandsComma().Replace(plain, "");
        plain = Price().Replace(plain, PriceAsSpoken);
        plain = DecimalPoint().Replace(plain, " point ");
        plain = Initials().Replace(plain, match => match.Value.Replace(".", ""));
        plain = OrdinalDigits().Replace(plain, "$1");
        plain = plain.Replace("%", " percent ").Replace("&", " and ").Replace("'", "").Replace("et cetera", "etc");
        var words = Word().Matches(plain).Select(match => Spellings.GetValueOrDefault(match.Value, match.Value));
        return JoinLetters(NumberWords.ToDigits([.. words]));
    }

    private static string PriceAsSpoken(Match price)
    {
        var (whole, part) = price.Groups["sign"].Value switch
        {
            "$" => ("dollars", "cents"),
            "£" => ("pounds", "pence"),
            _ => ("euros", "cents"),
        };
        return $"{price.Groups["whole"]}{price.Groups["scale"]} {whole} {(price.Groups["part"].Success ? $"{price.Groups["part"]} {part} " : "")}";
    }

    // "p m" and "pm", "u s a" and "usa" sound the same; "a" and "i" are words of their own.
    private static List<string> JoinLetters(IEnumerable<string> words)
    {
        var joined = new List<string>();
        var afterLetter = false;
        foreach (var word in words)
        {
            var letter = word.Length == 1 && char.IsAsciiLetter(word[0]) && word is not ("a" or "i");
            if (letter && afterLetter)
            {
                joined[^1] += word;
            }
            else
            {
                joined.Add(word);
            }

            afterLetter = letter;
        }

        return joined;
    }

    private static string WithoutAccents(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));

    [GeneratedRegex(@"(?<=\d),(?=\d{3})")]
    private static partial Regex ThousandsComma();

    [GeneratedRegex(@"(?<sign>[$£€])(?<whole>\d+)(?:\.(?<part>\d\d))?(?!\d)(?<scale> (?:thousand|million|billion)\b)?")]
    private static partial Regex Price();

    [GeneratedRegex(@"(?<=\d)\.(?=\d)")]
    private static partial Regex DecimalPoint();

    [GeneratedRegex(@"\b(?:\p{L}\.){2,}")]
    private static partial Regex Initials();

    [GeneratedRegex(@"(\d)(?:st|nd|rd|th)\b")]
    private static partial Regex OrdinalDigits();

    [GeneratedRegex(@"\d+|\p{L}+")]
    private static partial Regex Word();
}
