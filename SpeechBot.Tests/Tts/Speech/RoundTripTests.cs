using SpeechBot.Tests.Stt;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Tts.Speech;

/// <summary>What the mouth says, the ears hear: sentences → speech over HTTP → transcript.</summary>
[Collection(nameof(Mouth))]
public sealed class RoundTripTests(Mouth mouth, Ears ears, ITestOutputHelper output)
{
    private const double MostErrors = 0.1;

    // What is written, and how a person reads it aloud: written down by hand, so that no code of the voice's has a say in what is right.
    private static readonly (string Written, string Aloud)[] Sentences =
    [
        ("The capital of France is Paris.", "The capital of France is Paris."),
        ("Dr. Smith lives at 42 Main St. in Boston.", "Doctor Smith lives at forty-two Main Street in Boston."),
        ("The book costs $29.95 in the shop.", "The book costs twenty-nine dollars and ninety-five cents in the shop."),
        ("She was born on January 5, 1984.", "She was born on January fifth, nineteen eighty-four."),
        ("The meeting starts at 3:30 p.m. on Monday.", "The meeting starts at three thirty p.m. on Monday."),
        ("It is 25 degrees in London today.", "It is twenty-five degrees in London today."),
        ("Mr. and Mrs. Johnson have 3 children.", "Mister and Missus Johnson have three children."),
        ("The train leaves at 10:15 and arrives at noon.", "The train leaves at ten fifteen and arrives at noon."),
        ("About 45% of the people said yes.", "About forty-five percent of the people said yes."),
        ("The distance to the moon is 384,400 km.", "The distance to the moon is three hundred eighty-four thousand four hundred kilometers."),
        ("In 1969, Neil Armstrong walked on the moon.", "In nineteen sixty-nine, Neil Armstrong walked on the moon."),
        ("He paid £20 for the ticket to Manchester.", "He paid twenty pounds for the ticket to Manchester."),
        ("The company made $3 million in 2008.", "The company made three million dollars in two thousand eight."),
        ("Albert Einstein won the Nobel Prize in 1921.", "Albert Einstein won the Nobel Prize in nineteen twenty-one."),
        ("You need 2 eggs, 1/2 cup of sugar and 3 cups of flour.", "You need two eggs, one half cup of sugar and three cups of flour."),
        ("World War II ended in 1945.", "World War Two ended in nineteen forty-five."),
        ("The speed limit is 50 km/h in the city.", "The speed limit is fifty kilometers per hour in the city."),
        ("Please call me at 555-0123 tomorrow.", "Please call me at five five five, oh one two three tomorrow."),
        ("Queen Elizabeth II was the 40th monarch of England.", "Queen Elizabeth the Second was the fortieth monarch of England."),
        ("My computer has 16 GB of memory, i.e. twice as much as yours.", "My computer has sixteen gigabytes of memory, that is, twice as much as yours."),
    ];

    [Fact]
    public async Task Twenty_sentences_are_heard_as_they_were_written()
    {
        List<(string Said, string Heard)> pairs = [];
        foreach (var (written, aloud) in Sentences)
        {
            var spoken = await mouth.SpeakAsync(new { model = "tts-1", voice = "alloy", input = written });
            pairs.Add((aloud, await ears.HearAsync(spoken)));
            output.WriteLine($"{WordErrorRate.Of(pairs[^1].Said, pairs[^1].Heard):P0} {written} → {pairs[^1].Heard}");
        }

        var rate = WordErrorRate.Of(pairs);
        output.WriteLine($"{rate:P1} over all");
        Assert.InRange(rate, 0, MostErrors);
    }
}
