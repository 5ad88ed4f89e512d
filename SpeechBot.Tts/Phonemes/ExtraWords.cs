using System.Collections.Frozen;

namespace SpeechBot.Tts.Phonemes;

/// <summary>Words that no lexicon here has and that their letters do not tell: what a voice assistant of developers is asked about, and names.</summary>
internal static class ExtraWords
{
    private static readonly FrozenDictionary<string, string> Words = Text.WordTable.Parse(
        """
        etc = ɛtsˈɛtɚɹə; vs = vˈɜːsəs; kubernetes = kˌuːbɚnˈɛtiːz; github = ɡˈɪthˌʌb; linux = lˈɪnəks; nginx = ˈɛndʒɪnˌɛks; redis = ɹˈɛdɪs
        sql = sˈiːkwəl; nuget = nˈuːɡɛt; wifi = wˈaɪfaɪ; emoji = ɪmˈoʊdʒi; json = dʒˈeɪsən; yaml = jˈæməl; siobhan = ʃɪvˈɔːn; nguyen = nuːjˈɛn
        joaquin = wɑːkˈiːn; hmm = hˈʌm; mhm = əmhˈʌm; uh-huh = ʌhˈʌ
        """).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The IPA of the word, or null.</summary>
    public static string? Find(string word) => Words.GetValueOrDefault(word);
}
