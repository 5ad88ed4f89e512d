using SpeechBot.Tests.Support;
using SpeechBot.Tts.Phonemes;

namespace SpeechBot.Tests.Tts.Phonemes;

/// <summary>The lexicon and the network, loaded once for all tests.</summary>
internal static class Pronunciations
{
    public static Lexicon Lexicon { get; } = Lexicon.Load(TestModels.Path("g2p/us_gold.json"), TestModels.Path("g2p/us_silver.json"));

    public static SpellingNetwork Network { get; } = SpellingNetwork.Load(TestModels.Path("g2p/g2p_en-gru.npz"));

    public static Phonemizer Phonemizer { get; } = new(Lexicon, Network);
}
