namespace SpeechBot.Tests.Tts.Phonemes;

public sealed class PhonemizerTests
{
    [Theory]
    [InlineData("hello", "həlˈoʊ")]
    [InlineData("thirty", "θˈɜːɾi")]
    [InlineData("judge", "dʒˈʌdʒ")]
    [InlineData("church", "tʃˈɜːtʃ")]
    [InlineData("boy", "bˈɔɪ")]
    [InlineData("cow", "kˈaʊ")]
    [InlineData("father", "fˈɑːðɚ")]
    [InlineData("blue", "blˈuː")]
    [InlineData("caught", "kˈɔːt")]
    [InlineData("Paris", "pˈæɹəs")]
    [InlineData("paradise", "pˈæɹədˌaɪs")]
    [InlineData("era", "ˈɛɹə")]
    [InlineData("terror", "tˈɛɹɚ")]
    public void Words_of_the_lexicon(string word, string ipa) => Assert.Equal(ipa, Pronunciations.Phonemizer.Phonemes(word));

    [Theory]
    [InlineData("synthesizers", "sˈɪnθəsˌaɪzɚz")]
    [InlineData("rupees", "ɹupˈiːz")]
    [InlineData("stopped", "stˈɑːpt")]
    [InlineData("buffered", "bˈʌfɚd")]
    [InlineData("googling", "ɡˈuːɡəlɪŋ")]
    [InlineData("James's", "dʒˈeɪmzᵻz")]
    [InlineData("dogs'", "dˈɔːɡz")]
    [InlineData("who'd", "hˌuːd")]
    public void Words_with_an_ending(string word, string ipa) => Assert.Equal(ipa, Pronunciations.Phonemizer.Phonemes(word));

    [Theory]
    [InlineData("the dog, the apple", "ðə dˈɔːɡ, ði ˈæpəl")]
    [InlineData("a dog and an apple", "ɐ dˈɔːɡ ænd ɐn ˈæpəl")]
    [InlineData("to go, to eat", "tə ɡˌoʊ, tʊ ˈiːt")]
    [InlineData("I am", "aɪ æm")]
    [InlineData("Vitamin A", "vˈaɪɾəmən ˈeɪ")]
    [InlineData("A dog", "ɐ dˈɔːɡ")]
    public void Small_words_lean_on_the_next_one(string words, string ipa) => Assert.Equal(ipa, Pronunciations.Phonemizer.Phonemes(words));

    [Theory]
    [InlineData("FBI", "ˌɛfbˌiːˈaɪ")]
    [InlineData("U.S", "jˌuːˈɛs")]
    [InlineData("C.P.U's", "sˌiːpˌiːjˈuːz")]
    [InlineData("HTML", "ˌeɪtʃtˌiːˌɛmˈɛl")]
    [InlineData("NASA", "nˈæsə")]
    [InlineData("STOP", "stˈɑːp")]
    public void Letters_are_spelled_and_words_in_capitals_read(string word, string ipa) => Assert.Equal(ipa, Pronunciations.Phonemizer.Phonemes(word));

    [Theory]
    [InlineData("co-op", "kˈoʊˌɑːp")]
    [InlineData("well-known", "wˈɛlnˈoʊn")]
    [InlineData("SpeechBot", "spˈiːtʃbˈɑːt")]
    [InlineData("café", "kæfˈeɪ")]
    [InlineData("naïve", "nɑːˈiːv")]
    [InlineData("Kubernetes", "kˌuːbɚnˈɛtiːz")]
    public void Compounds_accents_and_words_of_our_own(string word, string ipa) => Assert.Equal(ipa, Pronunciations.Phonemizer.Phonemes(word));

    [Theory]
    [InlineData("Microsoft", "mˈaɪkɹoʊsˌɑːft")]
    [InlineData("Tolkien", "tˈoʊlkiːn")]
    [InlineData("Aaliyah", "əlˈaɪə")]
    [InlineData("speechbot", "spˈiːtʃbˌɑːt")]
    public void Unknown_words_are_guessed_from_their_letters(string word, string ipa) => Assert.Equal(ipa, Pronunciations.Phonemizer.Phonemes(word));

    [Theory]
    [InlineData("Really?!", "ɹˈiːəli?")]
    [InlineData(", yes", "jˈɛs")]
    [InlineData("well... maybe", "wˈɛl. mˈeɪbi")]
    [InlineData("日本", "")]
    [InlineData("", "")]
    public void Marks_and_what_cannot_be_said(string text, string ipa) => Assert.Equal(ipa, Pronunciations.Phonemizer.Phonemes(text));
}
