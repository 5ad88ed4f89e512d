using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Phonemes;

/// <summary>
/// Spoken text → phonemes: "The sky is blue." → "ðə skˈaɪ ɪz blˈuː." Each word is looked up, taken apart by its ending, spelled, or guessed
/// from its letters, in this order. Thread-safe.
/// </summary>
public sealed partial class Phonemizer(Lexicon lexicon, SpellingNetwork network)
{
    private const int LongestSpelled = 5;

    // Names and typing errors must not fill the memory of a service that runs for months.
    private const int LargestCache = 20_000;

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The phonemes of a text without digits or markup (see <see cref="Text.SpokenText"/>), in espeak's IPA for American English.</summary>
    /// <returns>Words parted by spaces, marks (. , ! ? ; :) straight after them; empty when there is nothing to say.</returns>
    public string Phonemes(string spoken)
    {
        var tokens = Token.Matches(spoken).Select(match => match.Value).ToList();
        var sounds = new string[tokens.Count];
        var beforeVowel = false;
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            if (IsMark(tokens[i]))
            {
                sounds[i] = Mark(tokens[i]);
                beforeVowel = false;
                continue;
            }

            var isFirst = i == 0 || sounds[i - 1] is null && IsMark(tokens[i - 1]) && tokens[i - 1][0] is '.' or '!' or '?';
            sounds[i] = FunctionWords.Find(tokens[i], isFirst, beforeVowel) ?? Word(tokens[i]);
            beforeVowel = EspeakSymbols.BeginsWithVowel(sounds[i]);
        }

        return Join(tokens, sounds);
    }

    private static string Join(List<string> tokens, string[] sounds)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < sounds.Length; i++)
        {
            // A mark before the first word would only make a noise.
            var isMark = IsMark(tokens[i]);
            if (sounds[i].Length > 0 && (joined.Length > 0 || !isMark))
            {
                joined.Append(joined.Length > 0 && !isMark ? " " : "").Append(sounds[i]);
            }
        }

        return joined.ToString();
    }

    /// <summary>The phonemes of one word.</summary>
    public string Word(string word)
    {
        if (_known.TryGetValue(word, out var known))
        {
            return known;
        }

        var phonemes = Pronounce(word);
        if (_known.Count < LargestCache)
        {
            _known[word] = phonemes;
        }

        return phonemes;
    }

    private string Pronounce(string word)
    {
        if (Letters.Match(word) is { Success: true } letters)
        {
            var spelled = Spell(letters.Groups[1].Value);
            return letters.Groups[2].Success ? SuffixRules.WithS(spelled) : spelled;
        }

        return Known(word)
            ?? (Plain(word) is var plain && plain != word ? Known(plain) : null)
            ?? (IsSpelled(word) ? Spell(word) : null)
            ?? Parts(plain)
            ?? network.Pronounce(plain);
    }

    private string? Known(string word) =>
        Look(word) ?? SuffixRules.Find(word.ToLowerInvariant(), Look);

    private string? Look(string word) => ExtraWords.Find(word) ?? (lexicon.FindAnyCase(word) is { } misaki ? EspeakSymbols.FromMisaki(misaki) : null);

    /// <summary>A compound, hyphenated or written LikeThis, word by word.</summary>
    private string? Parts(string word)
    {
        var parts = Part.Matches(word);
        return parts.Count < 2 ? null : string.Concat(parts.Select(part => Word(part.Value)));
    }

    /// <summary>Letter by letter; as in a name, the stress is on the last one.</summary>
    private string Spell(string letters)
    {
        var names = letters.Where(char.IsAsciiLetter).Select(letter => Look(char.ToUpperInvariant(letter).ToString()) ?? "").ToList();
        return string.Concat(names.SkipLast(1).Select(name => name.Replace('ˈ', 'ˌ')).Append(names.LastOrDefault() ?? ""));
    }

    private static bool IsSpelled(string word) =>
        word.Length > 1 && word.All(char.IsAsciiLetterUpper) && (word.Length <= LongestSpelled || !HasVowel.IsMatch(word))
        || word.Length is > 1 and <= LongestSpelled && !HasVowel.IsMatch(word);

    /// <summary>Without accents: "café" → "cafe".</summary>
    private static string Plain(string word)
    {
        var plain = new StringBuilder();
        foreach (var character in word.Normalize(NormalizationForm.FormD))
        {
            plain.Append(CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark ? "" : character switch
            {
                'ß' => "ss",
                'æ' or 'Æ' => "ae",
                'œ' or 'Œ' => "oe",
                'ø' or 'Ø' => "o",
                'ł' or 'Ł' => "l",
                'đ' or 'Đ' => "d",
                'þ' or 'Þ' => "th",
                _ => character.ToString(),
            });
        }

        return plain.ToString();
    }

    private static bool IsMark(string token) => token[0] is '.' or ',' or '!' or '?' or ';' or ':';

    private static string Mark(string token) => token.Contains('?') ? "?" : token.Contains('!') ? "!" : token[..1];

    [GeneratedRegex(@"[A-Za-z](?:\.[A-Za-z])+(?:'s)?|[\p{L}\p{M}]+(?:['-][\p{L}\p{M}]+)*(?:(?<=s)')?|[.,!?;:]+")]
    private static partial Regex Token { get; }

    [GeneratedRegex(@"^([A-Za-z](?:\.[A-Za-z])+)('s)?$")]
    private static partial Regex Letters { get; }

    [GeneratedRegex(@"[A-Z]+(?![a-z'])|[A-Z]?[a-z]+(?:'[a-z]+)*")]
    private static partial Regex Part { get; }

    [GeneratedRegex("[aeiouyAEIOUY]")]
    private static partial Regex HasVowel { get; }
}
