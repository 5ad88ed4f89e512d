using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>
/// Letters that are spelled, written here with full stops between them: "U.S." and "US" → "U.S", "PhD" → "P.H.D". Whether other words in
/// capitals are spelled (FBI) or read (NASA) is for the lexicon to say.
/// </summary>
internal static partial class Initialisms
{
    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(Dotted, match => string.Join('.', match.Groups[1].Value.Where(char.IsLetter)).ToUpperInvariant() + (match.Groups["end"].Success ? "." : "")),
        new(PersonInitials, match => match.Groups[1].Value + " "),
        new(Degree, match => string.Join('.', match.Value.Where(char.IsLetter)).ToUpperInvariant()),
        new(SpelledWord, match => IsShouting(match) ? null : string.Join('.', match.Value.AsEnumerable())),
        new(PluralLetters, match => string.Join('.', match.Groups[1].Value.AsEnumerable()) + "'s"),
    ];

    /// <summary>Among words in capitals, capitals say nothing: "GIVE IT TO US".</summary>
    private static bool IsShouting(Match match)
    {
        // Match carries no text, so the neighbours are captured by the pattern itself.
        return match.Groups["loud"].Success;
    }

    // "J. R. R. Tolkien": the stops are no pauses.
    [GeneratedRegex(@"(?<![\w.])([A-Z])\.\s?(?=(?:[A-Z]\.\s?)*[A-Z][a-z])")]
    private static partial Regex PersonInitials { get; }

    [GeneratedRegex(@"(?<![\w.])((?:[A-Za-z]\.){1,}[A-Za-z])(?:\.(?<end>\s*$)?|(?![\w.]))")]
    private static partial Regex Dotted { get; }

    [GeneratedRegex(@"\b(?:PhD|Ph\.D|MSc|BSc|MBA)\b\.?")]
    private static partial Regex Degree { get; }

    // In the lexicon as words, but in capitals always or nearly always spelled.
    [GeneratedRegex(@"(?<loud>(?<=[A-Z]{2,}\s))?\b(?:US|IT|ID|IDs|LED|EST|PR|HR|AC|DC|CD|CT|PA|MA|CA|AR|VR|OS|PM|AM|UN|EU|ET|GO|NO2|IP|AP|ER|OR|MS|SO2)\b(?<loud>(?=\s[A-Z]{2,}))?")]
    private static partial Regex SpelledWord { get; }

    [GeneratedRegex(@"\b([A-Z]{2,5})s\b")]
    private static partial Regex PluralLetters { get; }
}
