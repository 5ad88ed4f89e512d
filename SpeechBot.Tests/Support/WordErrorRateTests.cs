namespace SpeechBot.Tests.Support;

public sealed class WordErrorRateTests
{
    [Theory]
    [InlineData("What is the capital of France?", "what is the capital of france")]
    [InlineData("The spider has eight legs.", "The spider has 8 legs")]
    [InlineData("He was born in nineteen sixty-one.", "He was born in 1961.")]
    [InlineData("It is twenty twenty-six.", "It is 2026")]
    [InlineData("It costs twenty-nine dollars and ninety-five cents.", "It costs $29.95.")]
    [InlineData("One hundred and five thousand three hundred and seven people", "105,307 people")]
    [InlineData("at seven thirty p.m. on March third", "at 7:30 PM on March 3rd")]
    [InlineData("Dr. Smith's café is 5 km away", "doctor smiths cafe is five kilometers away")]
    [InlineData("pi is three point one four", "Pi is 3.14")]
    [InlineData("room one oh one", "room 101")]
    [InlineData("three million dollars or twenty pounds", "$3 million or £20")]
    [InlineData("World War Two", "World War II")]
    [InlineData("50% of the U.S.A.", "fifty percent of the USA")]
    public void The_way_of_writing_makes_no_difference(string said, string heard) => Assert.Equal(0, WordErrorRate.Of(said, heard));

    [Theory]
    [InlineData("one two", "one two three", 1)]
    [InlineData("the cat sat", "the cat", 1 / 3.0)]
    [InlineData("the cat sat", "the dog sat", 1 / 3.0)]
    [InlineData("the cat", "", 1)]
    [InlineData("", "the cat", 1)]
    [InlineData("", "", 0)]
    public void Errors_are_counted_against_what_was_said(string said, string heard, double expected) =>
        Assert.Equal(expected, WordErrorRate.Of(said, heard), 6);

    [Fact]
    public void Many_sentences_count_by_their_words() =>
        Assert.Equal(1 / 4.0, WordErrorRate.Of([("stop", "stop"), ("the cat sat", "the cat sad")]), 6);

    [Theory]
    [InlineData("The capital of France is Paris.", "the capital of Francis Paris", 1 / 25.0)]
    [InlineData("The capital of France is Paris.", "The capital of France", 7 / 25.0)]
    public void Letters_forgive_where_a_word_ends_but_not_that_it_is_missing(string said, string heard, double expected) =>
        Assert.Equal(expected, WordErrorRate.OfLetters(said, heard), 6);
}
