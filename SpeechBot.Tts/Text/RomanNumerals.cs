using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Roman numerals where they can be nothing else: "Henry VIII" → "Henry the eighth", "World War II" → "World War two".</summary>
internal static partial class RomanNumerals
{
    private const string Letters = "IVXLC";

    private static readonly int[] Values = [1, 5, 10, 50, 100];

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(Ruler, match => $"{match.Groups[1].Value} the {Numerals.Ordinal(Value(match.Groups[2].Value))}"),
        new(Counted, match => $"{match.Groups[1].Value} {Numerals.Cardinal(Value(match.Groups[2].Value))}"),
        new(Title, match => $"{match.Groups[1].Value} {Numerals.Cardinal(Value(match.Groups[2].Value))}"),
    ];

    /// <summary>The value of a well-formed numeral below 400.</summary>
    public static int Value(string numeral)
    {
        var sum = 0;
        for (var i = 0; i < numeral.Length; i++)
        {
            var value = Values[Letters.IndexOf(numeral[i])];
            sum += i + 1 < numeral.Length && Values[Letters.IndexOf(numeral[i + 1])] > value ? -value : value;
        }

        return sum;
    }

    [GeneratedRegex(@"\b(Henry|Louis|Elizabeth|George|Charles|Edward|James|William|Richard|Philip|Napoleon|John Paul|Benedict|Pius|Leo|Francis|Catherine|Peter|Nicholas|Alexander|Frederick|Wilhelm|Otto|Ivan|Mary|Ferdinand|Carlos|Felipe|Leopold|Gustav|Christian|Ramses|Ptolemy|Clement|Gregory|Innocent|Urban|(?:King|Queen|Pope|Emperor|Tsar|Prince|Sultan) [A-Z][a-z]+) (X{0,3}(?:IX|IV|V?I{0,3}))(?<=[IVX])\b(?!\.[A-Z]|')")]
    private static partial Regex Ruler { get; }

    [GeneratedRegex(@"\b(War|Part|Chapter|Act|Volume|Vol\.|Book|Section|Phase|Type|Class|Level|Stage|Article|Title|Bowl|Scene|Episode|Figure|Table|Appendix|Round|Factor|Apollo|Mark|Mk) ((?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?<=[IVXL])\b(?!\.[A-Z]|')")]
    private static partial Regex Counted { get; }

    // After any other name only numerals of two letters or more: "Rocky II", not "Vitamin C" or "Malcolm X".
    [GeneratedRegex(@"\b([A-Z][a-z]+) (?=[IVX]{2})(X{0,2}(?:IX|IV|V?I{0,3}))\b(?!\.[A-Z])")]
    private static partial Regex Title { get; }
}
