using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Signs that stand for words, and brackets and dashes that stand for pauses.</summary>
internal static partial class Symbols
{
    private static readonly Dictionary<string, string> Words = WordTable.Parse(
        """
        & = and; + = plus; = = equals; × = times; ÷ = divided by; ± = plus or minus; ≈ = about
        ≤ = at most; ≥ = at least; ≠ = is not; → = to; § = section; % = percent; ° = degrees
        < = less than; > = greater than; @ = at; ∞ = infinity; √ = the square root of; π = pi; µ = micro
        € = euros; £ = pounds; $ = dollars; # = hash
        """);

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(About, _ => "about "),
        new(Times, _ => " times "),
        new(Hashtag, _ => "hashtag "),
        new(CSharp, match => $"{match.Groups[1].Value} sharp"),
        new(CPlusPlus, _ => "C plus plus"),
        new(Either, _ => " or "),
        new(Dash, _ => ", "),
        new(Bracket, _ => ", "),
        new(Sign, match => $" {Words[match.Value]} "),
        new(Silent, _ => " "),
    ];

    [GeneratedRegex(@"~(?=\s?\w)")]
    private static partial Regex About { get; }

    [GeneratedRegex(@"(?<=\w)\s+[*x]\s+(?=(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b)|(?<=\w)\*(?=\w)")]
    private static partial Regex Times { get; }

    [GeneratedRegex(@"(?<!\w)#(?=[A-Za-z])")]
    private static partial Regex Hashtag { get; }

    [GeneratedRegex(@"\b([CF])#")]
    private static partial Regex CSharp { get; }

    [GeneratedRegex(@"\bC\+\+")]
    private static partial Regex CPlusPlus { get; }

    [GeneratedRegex(@"(?<=[A-Za-z])\s?/\s?(?=[A-Za-z])")]
    private static partial Regex Either { get; }

    [GeneratedRegex(@"\s[-–]+\s|\s?[—–]\s?|--+")]
    private static partial Regex Dash { get; }

    [GeneratedRegex(@"\s?[(\[{]\s?|\s?[)\]}](?=\s?\w)|[)\]}]")]
    private static partial Regex Bracket { get; }

    [GeneratedRegex(@"[&+=×÷±≈≤≥≠→§%°<>@∞√πµ€£$#]")]
    private static partial Regex Sign { get; }

    [GeneratedRegex(@"[*_^~|\\/""“”«»©®™•·¶†‡¦¬]")]
    private static partial Regex Silent { get; }
}
