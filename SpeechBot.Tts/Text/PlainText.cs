using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>Markdown or HTML → the words in it: without code blocks, links' addresses, emphasis, tables' lines, tags and emoji.</summary>
internal static partial class PlainText
{
    // What is left of these after markup is gone belongs to the words.
    private const string SpokenSymbols = "°©®™№℃℉→";

    /// <summary>Takes the markup out.</summary>
    public static string From(string text)
    {
        text = text.ReplaceLineEndings("\n");
        text = CodeBlock.Replace(text, "\n");
        text = Comment.Replace(text, " ");
        text = BlockTag.Replace(text, "\n");
        text = Tag.Replace(text, "");
        text = WebUtility.HtmlDecode(text);
        text = Image.Replace(text, "$1");
        text = Link.Replace(text, "$1");
        text = Footnote.Replace(text, "");
        text = TableLine.Replace(text, "");
        text = LineStart.Replace(text, "");
        text = ListNumber.Replace(text, "$1, ");
        text = Emphasis.Replace(text, "");
        text = InlineCode.Replace(text, "$1");
        return Lines(WithoutEmoji(text));
    }

    /// <summary>A line that ends without a mark, such as a heading or an item of a list, ends with a full stop.</summary>
    private static string Lines(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var joined = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim('|', ' ').Replace(" | ", ", ", StringComparison.Ordinal);
            joined.Append(line);
            if (i < lines.Length - 1)
            {
                joined.Append(line.Length > 0 && char.IsLetterOrDigit(line[^1]) ? ". " : " ");
            }
        }

        return joined.ToString();
    }

    private static string WithoutEmoji(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            kept.Append(Replacement(rune));
        }

        return kept.ToString();
    }

    private static string Replacement(Rune rune) => rune.Value switch
    {
        '’' or '‘' or 'ʼ' or '`' => "'",
        '“' or '”' or '„' or '«' or '»' => "\"",
        '…' => "...",
        0x200D or 0xFE0F or 0xFE0E or 0x20E3 => "", // What glues emoji together.
        >= 0x1F3FB and <= 0x1F3FF => "", // Skin tones.
        '−' or '–' or '—' => rune.ToString(),
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherSymbol when !SpokenSymbols.Contains(rune.ToString(), StringComparison.Ordinal) => " ",
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Format => "",
            UnicodeCategory.SpaceSeparator => " ",
            UnicodeCategory.Control => rune.Value == '\n' ? "\n" : " ",
            _ => rune.ToString(),
        },
    };

    [GeneratedRegex(@"(```|~~~).*?(?:\1|\z)|<(script|style)\b.*?</\2\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex CodeBlock { get; }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|table|blockquote|hr)\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex BlockTag { get; }

    [GeneratedRegex(@"</?[A-Za-z][^<>]*>(?<!<https?:[^<>]*>)")]
    private static partial Regex Tag { get; }

    [GeneratedRegex(@"!\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Image { get; }

    [GeneratedRegex(@"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"\[\^?\d+\]|\[\^\w+\]")]
    private static partial Regex Footnote { get; }

    [GeneratedRegex(@"^\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*$|^\s*(?:[-*_]\s*){3,}$", RegexOptions.Multiline)]
    private static partial Regex TableLine { get; }

    [GeneratedRegex(@"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•▪◦][ \t]+(?:\[[ xX]\][ \t]+)?)+", RegexOptions.Multiline)]
    private static partial Regex LineStart { get; }

    [GeneratedRegex(@"^[ \t]*(\d{1,3})[.)][ \t]+(?=\S)", RegexOptions.Multiline)]
    private static partial Regex ListNumber { get; }

    [GeneratedRegex(@"\*{2,3}|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|(?<![\w*\s])\*(?=\S)|(?<!\S)\*(?=\S)|(?<=\S)\*(?![\w*])")]
    private static partial Regex Emphasis { get; }

    [GeneratedRegex("`+([^`]*)`+")]
    private static partial Regex InlineCode { get; }
}
