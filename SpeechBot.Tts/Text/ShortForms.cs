using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Abbreviations: "Dr. Smith" → "Doctor Smith", "5 Main St." → "five Main Street", "e.g." → "for example".</summary>
internal static partial class ShortForms
{
    // Without the full stop. Those before a name need a capital after them, those before a number a digit.
    private static readonly Dictionary<string, string> BeforeName = WordTable.Parse(
        """
        Mr = Mister; Mrs = Missus; Ms = Miss; Mx = Mix; Prof = Professor; Rev = Reverend; Hon = Honorable
        Gen = General; Col = Colonel; Maj = Major; Capt = Captain; Lt = Lieutenant; Sgt = Sergeant
        Cmdr = Commander; Gov = Governor; Sen = Senator; Rep = Representative; Pres = President
        Dr = Doctor; St = Saint; Mt = Mount; Ft = Fort
        """);

    private static readonly Dictionary<string, string> AfterName = WordTable.Parse(
        """
        Dr = Drive; St = Street; Ave = Avenue; Blvd = Boulevard; Rd = Road; Ln = Lane; Sq = Square; Hwy = Highway
        Jr = Junior; Sr = Senior; Inc = Incorporated; Ltd = Limited; Corp = Corporation; Co = Company; Bros = Brothers
        """);

    private static readonly Dictionary<string, string> BeforeNumber = WordTable.Parse(
        """
        No = number; Nos = numbers; Fig = figure; Figs = figures; Vol = volume; p = page; pp = pages
        ch = chapter; sec = section; eq = equation; ca = circa; approx = approximately; ext = extension; tel = telephone
        """, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Anywhere = WordTable.Parse(
        """
        Mr = Mister; Mrs = Missus; Ms = Miss; e.g = for example; i.e = that is; etc = etc; vs = versus; approx = approximately; dept = department
        est = established; a.k.a = also known as; avg = average; viz = namely; cf = compare; et al = and others
        govt = government; mins = minutes; hrs = hours; incl = including; misc = miscellaneous
        """, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Slashed = WordTable.Parse(
        "w/ = with; w/o = without; b/c = because; and/or = and or; n/a = not applicable", StringComparer.OrdinalIgnoreCase);

    /// <summary>The rules, in their order.</summary>
    public static IReadOnlyList<TextRule> Rules { get; } =
    [
        new(SlashedWord, match => Slashed[match.Value] + " "),
        new(StreetName, match => $"{match.Groups[1].Value} {AfterName[match.Groups[2].Value]}{FinalStop(match)}"),
        new(NameFollows, match => BeforeName[match.Groups[1].Value]),
        new(NameBefore, match => AfterName.TryGetValue(match.Groups[1].Value, out var words) ? words + FinalStop(match) : null),
        new(NumberFollows, match => BeforeNumber[match.Groups[1].Value]),
        new(Everywhere, match => Anywhere[match.Groups[1].Value] + FinalStop(match)),
    ];

    /// <summary>The full stop of an abbreviation at the very end is the sentence's too.</summary>
    private static string FinalStop(Match match) => match.Groups["end"].Success ? "." : "";

    [GeneratedRegex(@"(?<![\w/])(?:w/o|w/|b/c|and/or|n/a)(?![\w/])|(?<![\w/])w/(?=\s?\w)", RegexOptions.IgnoreCase)]
    private static partial Regex SlashedWord { get; }

    // After a house number the name is a street's, whatever follows.
    [GeneratedRegex(@"(\d+(?:\s[A-Z]\w+)+),?\s(Dr|St|Ave|Blvd|Rd|Ln|Sq)\b(?:\.(?<end>\s*$)?)?")]
    private static partial Regex StreetName { get; }

    [GeneratedRegex(@"(?<![\w.])(?:(?<1>Mrs?|Ms|Mx|Prof|Dr|Lt|Sgt|Capt|Cmdr)\b\.?|(?<!\b[A-Z][a-z]+\s)(?<1>St)\.|(?<1>Rev|Hon|Gen|Col|Maj|Gov|Sen|Rep|Pres|Mt|Ft)\.)(?=\s[A-Z])")]
    private static partial Regex NameFollows { get; }

    [GeneratedRegex(@"(?<=\b[A-Z]\w+,?\s)(Dr|St|Ave|Blvd|Rd|Ln|Sq|Hwy|Jr|Sr|Inc|Ltd|Corp|Co|Bros)\b(?:\.(?<end>\s*$)?|(?=\s|$))")]
    private static partial Regex NameBefore { get; }

    [GeneratedRegex(@"(?<![\w.])(Nos?|Figs?|Vol|pp?|ch|sec|eq|ca|approx|ext|tel)\.(?=\s?\d)", RegexOptions.IgnoreCase)]
    private static partial Regex NumberFollows { get; }

    [GeneratedRegex(@"(?<![\w.])(Mrs?|Ms|e\.g|i\.e|a\.k\.a|etc|vs|approx|dept|est|avg|viz|cf|et al|govt|mins|hrs|incl|misc)(?:\.(?<end>\s*$)?|(?<=\bvs)(?=\s))", RegexOptions.IgnoreCase)]
    private static partial Regex Everywhere { get; }
}
