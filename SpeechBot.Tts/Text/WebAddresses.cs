using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>E-mail addresses, web addresses and file names: "mail me@example.com" → "mail me at example dot com".</summary>
internal static partial class WebAddresses
{
    // A longer path is noise to the ear: the host alone is said.
    private const int LongestSpokenPath = 30;

    private const string TopLevels = "com|org|net|edu|gov|mil|io|dev|ai|app|info|me|co|us|uk|de|fr|es|it|nl|ch|at|eu|ca|au|jp|in|tv|xyz|co\\.uk|com\\.au";
    private const string FileTypes = "cs|js|ts|py|json|txt|md|pdf|html|css|xml|yml|yaml|csv|exe|dll|zip|png|jpg|jpeg|gif|svg|wav|mp3|docx?|xlsx?|sln|csproj|sh|sql|onnx|gguf";

    private static readonly Dictionary<string, string> Signs = WordTable.Parse(
        """
        @ = at; . = dot; - = dash; _ = underscore; / = slash; + = plus; : = colon
        """);

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(Mail, match => Spell(match.Value)),
        new(Url, match => SayUrl(match.Groups[1].Value, match.Groups[2].Value)),
        new(Domain, match => Spell(match.Groups[1].Value)),
        new(FileName, match => Spell(match.Value)),
        new(DotName, match => $"dot {match.Groups[1].Value}"),
        new(NameDotJs, match => $"{match.Groups[1].Value} dot {Letters(match.Groups[2].Value)}"),
    ];

    private static string SayUrl(string host, string path)
    {
        path = path.TrimEnd('/');
        var isShort = path.Length <= LongestSpokenPath && path.IndexOfAny(['?', '#', '%', '&', '=']) < 0;
        return Spell(host + (isShort ? path : ""));
    }

    private static string Spell(string address) =>
        string.Join(' ', Part.Matches(address).Select(part => Signs.TryGetValue(part.Value, out var sign) ? sign : Word(part.Value)));

    /// <summary>"uk", "io" and other short ends are letters, longer ones words.</summary>
    private static string Word(string part) =>
        char.IsAsciiDigit(part[0]) ? Numerals.Digits(part)
        : part.Length == 2 && TwoLetterEnds.IsMatch(part) || part.Length is 2 or 3 && !HasVowel.IsMatch(part) ? Letters(part)
        : part;

    private static string Letters(string part) => string.Join('.', part.ToUpperInvariant().AsEnumerable());

    [GeneratedRegex(@"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")]
    private static partial Regex Mail { get; }

    [GeneratedRegex(@"\b(?:https?|ftp|wss?)://(?:www\.)?([\w.-]+(?::\d+)?)((?:/[^\s<>()""]*[\w/])?)", RegexOptions.IgnoreCase)]
    private static partial Regex Url { get; }

    [GeneratedRegex(@"(?<![\w@.-])(?:www\.)?((?:[A-Za-z0-9][\w-]*\.)+(?:" + TopLevels + @")(?:/[\w/-]{1,30})?)(?![\w@]|\.\w)")]
    private static partial Regex Domain { get; }

    [GeneratedRegex(@"(?<![\w/])[\w-]+(?:\.[\w-]+)*\.(?:" + FileTypes + @")\b(?!\.\w)")]
    private static partial Regex FileName { get; }

    [GeneratedRegex(@"(?<!\S)\.(NET|env|gitignore)\b")]
    private static partial Regex DotName { get; }

    [GeneratedRegex(@"\b([A-Z]\w+)\.(js|NET|io)\b")]
    private static partial Regex NameDotJs { get; }

    [GeneratedRegex(@"[A-Za-z]+|\d+|[@._/+:-]")]
    private static partial Regex Part { get; }

    [GeneratedRegex("^(?:uk|io|us|eu|ca|au|tv|ai|js|cs|py|md|ts|sh|jp|nl|de|fr|es|ch)$", RegexOptions.IgnoreCase)]
    private static partial Regex TwoLetterEnds { get; }

    [GeneratedRegex("[aeiouy]", RegexOptions.IgnoreCase)]
    private static partial Regex HasVowel { get; }
}
