using System.Text.Json;
using SpeechBot.Tts.Phonemes;

namespace SpeechBot.Tests.Tts.Phonemes;

public sealed class LexiconTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Both_files_are_one_lexicon_and_the_first_counts()
    {
        Assert.InRange(Pronunciations.Lexicon.Count, 180_000, 190_000);
        Assert.Equal("dˈɔɡ", Pronunciations.Lexicon.Find("dog"));
        Assert.Equal("kˈæts", Pronunciations.Lexicon.Find("cats"));
        Assert.Null(Pronunciations.Lexicon.Find("Dogx"));
    }

    [Fact]
    public void A_word_of_several_senses_has_its_default()
    {
        Assert.Equal("lˈIv", Pronunciations.Lexicon.Find("live"));
        Assert.Equal("ɹˈɛkəɹd", Pronunciations.Lexicon.Find("record"));
    }

    [Fact]
    public void Case_makes_no_difference_where_it_is_not_told_apart()
    {
        Assert.Equal("pˈɛɹəs", Pronunciations.Lexicon.FindAnyCase("PARIS"));
        Assert.Equal("pˈɛɹəs", Pronunciations.Lexicon.FindAnyCase("paris"));
        Assert.Null(Pronunciations.Lexicon.FindAnyCase(""));
        Assert.Null(Pronunciations.Lexicon.FindAnyCase(new string('x', 5000)));
    }

    [Fact]
    public void Escapes_null_senses_and_words_without_a_default_are_read()
    {
        File.WriteAllText(_file, """{"caf\u00e9": "k", "odd": {"NOUN": "n", "X": null}, "two": {"NOUN": "n", "DEFAULT": "d", "VERB": "v"}, "none": null, "last": "l"}""");
        var lexicon = Lexicon.Load(_file);

        Assert.Equal(3, lexicon.Count);
        Assert.Equal("k", lexicon.Find("café"));
        Assert.Equal("d", lexicon.Find("two"));
        Assert.Equal("l", lexicon.Find("last"));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"a\": ")]
    [InlineData("hello")]
    public void Another_kind_of_file_is_an_error(string content)
    {
        File.WriteAllText(_file, content);
        Assert.ThrowsAny<JsonException>(() => Lexicon.Load(_file));
    }

    public void Dispose() => File.Delete(_file);
}
