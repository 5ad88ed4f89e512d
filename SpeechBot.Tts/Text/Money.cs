using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Prices: "$29.95" → "twenty nine dollars and ninety five cents", "€3.5 million" → "three point five million euros".</summary>
internal static partial class Money
{
    private const string CodePattern = "(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|INR)";
    private const string ScalePattern = @"(?:\s?(thousand|million|billion|trillion|bn|mn|[kKmMbB])\b)?";

    // One, many, one hundredth, many hundredths.
    private static readonly Dictionary<string, string> Currencies = WordTable.Parse(
        """
        $ = dollar | dollars | cent | cents; US$ = dollar | dollars | cent | cents; USD = dollar | dollars | cent | cents
        CAD = dollar | dollars | cent | cents; AUD = dollar | dollars | cent | cents; € = euro | euros | cent | cents; EUR = euro | euros | cent | cents
        £ = pound | pounds | penny | pence; GBP = pound | pounds | penny | pence; ¥ = yen | yen | sen | sen; JPY = yen | yen | sen | sen
        ₹ = rupee | rupees | paisa | paise; INR = rupee | rupees | paisa | paise; CHF = franc | francs | centime | centimes
        """);

    private static readonly Dictionary<string, string> Scales = WordTable.Parse(
        """
        k = thousand; m = million; mn = million; b = billion; bn = billion
        """, StringComparer.OrdinalIgnoreCase);

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(SignFirst, match => Say(match.Groups[1].Success, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value)),
        new(SignLast, match => Say(false, match.Groups[3].Value, DecimalPoint(match.Groups[1].Value), match.Groups[2].Value)),
        new(Cents, match => $"{Numerals.Amount(match.Groups[1].Value)} {(match.Groups[1].Value == "1" ? "cent" : "cents")}"),
    ];

    private static string Say(bool negative, string sign, string amount, string scale)
    {
        var names = Currencies[sign].Split(" | ");
        var sum = scale.Length > 0 ? $"{Numerals.Amount(amount)} {Scales.GetValueOrDefault(scale, scale)} {names[1]}" : Say(names, amount.Split('.'));
        return negative ? "minus " + sum : sum;
    }

    private static string Say(string[] names, string[] parts)
    {
        if (parts is [_, { Length: > 2 }])
        {
            return $"{Numerals.Amount(string.Join('.', parts))} {names[1]}";
        }

        var whole = Numerals.Parse(parts[0]);
        var wholeWords = $"{Numerals.Amount(parts[0])} {(whole == 1 ? names[0] : names[1])}";
        var minor = parts.Length > 1 ? Numerals.Parse(parts[1].PadRight(2, '0')) : 0;
        var minorWords = $"{Numerals.Cardinal(minor)} {(minor == 1 ? names[2] : names[3])}";
        return minor == 0 ? wholeWords : whole == 0 ? minorWords : $"{wholeWords} and {minorWords}";
    }

    /// <summary>"29,95 €" is written with a comma where the sign comes last.</summary>
    private static string DecimalPoint(string amount) => DecimalComma.Replace(amount, ".$1");

    [GeneratedRegex(@"([-−])?(?<![A-Z])(US\$|[$€£¥₹]|" + CodePattern + @"(?=\s))\s?(" + Numerals.Pattern + ")" + ScalePattern)]
    private static partial Regex SignFirst { get; }

    [GeneratedRegex(@"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?)\s?(thousand|million|billion|trillion|bn|mn)?\s?([€£¥₹]|" + CodePattern + @"\b)")]
    private static partial Regex SignLast { get; }

    [GeneratedRegex(@"\b(\d+)\s?¢")]
    private static partial Regex Cents { get; }

    [GeneratedRegex(@",(\d{1,2})$")]
    private static partial Regex DecimalComma { get; }
}
