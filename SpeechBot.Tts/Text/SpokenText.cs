using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>
/// Text as it is written → text as it is said: "Dr. Smith paid $29.95 on 1/5/2026" → "Doctor Smith paid twenty nine
/// dollars and ninety five cents on January fifth, twenty twenty six". Letters to be spelled keep full stops between them ("F.B.I").
/// </summary>
public static partial class SpokenText
{
    // The order matters: what has the most telling shape is said first, bare numbers come near the end.
    private static readonly TextRule[] Rules =
    [
        .. WebAddresses.Rules,
        .. PhoneNumbers.Rules,
        .. Ranges.Rules,
        .. Dates.Rules,
        .. Times.Rules,
        .. Money.Rules,
        .. Fractions.Rules,
        .. Units.Rules,
        .. ShortForms.Rules,
        .. RomanNumerals.Rules,
        .. Initialisms.Rules,
        .. Numbers.Rules,
        .. Symbols.Rules,
    ];

    /// <summary>Says what is written; markup, links, code blocks and emoji are left out.</summary>
    public static string From(string written)
    {
        ArgumentNullException.ThrowIfNull(written);
        var text = PlainText.From(written);
        foreach (var rule in Rules)
        {
            text = rule.Apply(text);
        }

        return Tidy(text);
    }

    private static string Tidy(string text)
    {
        text = Spaces.Replace(text, " ");
        text = SpaceBeforeMark.Replace(text, "$1");

        // Of marks that have met, as in "(see above)." → ", see above,.", the last one counts.
        text = DoubledMarks.Replace(text, "$1");
        return LeadingMarks.Replace(text, "").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }

    [GeneratedRegex(@"\s+([.,!?;:])")]
    private static partial Regex SpaceBeforeMark { get; }

    [GeneratedRegex(@"[,;:]+(?=[.,!?;:])|([.!?])[.,;:]+(?=\s|$)")]
    private static partial Regex DoubledMarks { get; }

    [GeneratedRegex(@"^[\s.,!?;:]+")]
    private static partial Regex LeadingMarks { get; }
}
