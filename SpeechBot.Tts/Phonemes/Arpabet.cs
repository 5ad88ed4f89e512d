using System.Text;

namespace SpeechBot.Tts.Phonemes;

/// <summary>ARPAbet, in which American pronunciations are commonly written → the voice's IPA.</summary>
internal static class Arpabet
{
    private static readonly Dictionary<string, string> Sounds = Text.WordTable.Parse(
        """
        AA = ɑː; AE = æ; AH = ʌ; AO = ɔː; AW = aʊ; AY = aɪ; EH = ɛ; ER = ɜː; EY = eɪ; IH = ɪ; IY = iː; OW = oʊ; OY = ɔɪ; UH = ʊ; UW = uː
        B = b; CH = tʃ; D = d; DH = ð; F = f; G = ɡ; HH = h; JH = dʒ; K = k; L = l; M = m; N = n; NG = ŋ; P = p; R = ɹ; S = s; SH = ʃ
        T = t; TH = θ; V = v; W = w; Y = j; Z = z; ZH = ʒ
        """);

    /// <summary>Translates a word; the digit at a vowel is its stress (0 none, 1 primary, 2 secondary).</summary>
    public static string ToIpa(IReadOnlyList<string> symbols)
    {
        var ipa = new StringBuilder();
        for (var i = 0; i < symbols.Count; i++)
        {
            var stress = char.IsAsciiDigit(symbols[i][^1]) ? symbols[i][^1] : ' ';
            var sound = symbols[i].TrimEnd('0', '1', '2');
            ipa.Append(stress switch { '1' => "ˈ", '2' => "ˌ", _ => "" }).Append((sound, stress) switch
            {
                ("AH", '0') => "ə",
                ("ER", not '1') => "ɚ",
                ("IY", '0') when i == symbols.Count - 1 => "i",
                _ => Sounds[sound],
            });
        }

        return ipa.ToString();
    }
}
