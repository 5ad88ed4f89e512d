using SpeechBot.ServiceDefaults.Text;

namespace SpeechBot.Tests.ServiceDefaults.Text;

public sealed class ClauseCutterTests
{
    [Theory]
    [InlineData("The capital of France is Paris.", "The capital of France| is Paris.")]
    [InlineData("The spider has eight legs.", "The spider has eight legs.")]
    [InlineData("A rainbow appears when sunlight passes through rain.", "A rainbow appears| when sunlight passes through rain.")]
    [InlineData("The cat sat on the mat.", "The cat sat| on the mat.")]
    [InlineData("Of course, the sky is blue because of scattering.", "Of course,| the sky is blue because of scattering.")]
    [InlineData("In short, yes. The rest is detail.", "In short, yes.| The rest is detail.")]
    [InlineData("Hello! How can I help you today?", "Hello!| How can I help you today?")]
    [InlineData("Sure, I can tell you a joke.", "Sure, I can tell| you a joke.")]
    [InlineData("The cat sat on it.", "The cat sat| on it.")]
    [InlineData("Dogs bark at night.", "Dogs bark at night.")]
    [InlineData("That was what dogs do.", "That was what dogs do.")]
    [InlineData("Yes.", "Yes.")]
    [InlineData("A: \"What's the most ridiculous joke ever?\"", "A: \"What's the most ridiculous| joke ever?\"")]
    public void The_first_clause_is_short_and_never_leaves_one_word_alone(string answer, string expected) =>
        Assert.Equal(expected, Spoken(answer));

    [Theory]
    [InlineData("It costs $29.95 in the shop today.", "$29.95")]
    [InlineData("They paid about $3 million for it all.", "$3 million")]
    [InlineData("We met with Dr. Smith and Mr. J. R. Jones there.", "Dr. Smith")]
    [InlineData("Those were by J. R. R. Tolkien himself, I think.", "J. R. R. Tolkien")]
    [InlineData("It starts at 5 p.m. Monday and ends at 7 a.m. there.", "5 p.m. Monday")]
    [InlineData("He was born on January 5, 1950 in a small town.", "January 5, 1950")]
    [InlineData("The total was 1,234,567 of them all.", "1,234,567")]
    [InlineData("Use e.g. this one or i.e. that one.", "e.g. this")]
    [InlineData("Version 2.5 is out now and works.", "Version 2.5")]
    [InlineData("See [the long page](https://example.com/a b) for more.", "[the long page](https://example.com/a b)")]
    [InlineData("The U.S. Army is in the U.S. Navy town.", "U.S. Army")]
    [InlineData("Water boils at one hundred degrees at the level of the sea.", "one hundred")]
    [InlineData("He lived for about twenty five years in that house.", "twenty five")]
    public void What_belongs_together_is_never_parted(string answer, string whole)
    {
        foreach (var size in (int[])[1, 3, 7, 1000])
        {
            Assert.Contains(Clauses(answer, size), clause => clause.Text.Contains(whole, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Later_clauses_are_whole_sentences()
    {
        var clauses = Clauses("Hi there. The sky is blue, and the sea is too. Dr. Who lives at 5 Main St. in London. Bye!", 4);

        Assert.Equal(["Hi there.", "The sky is blue, and the sea is too.", "Dr. Who lives at 5 Main St. in London.", "Bye!"], clauses.Select(c => c.Text));
        Assert.All(clauses, clause => Assert.False(clause.IsCut));
        Assert.Equal([0, 1, 2, 3], clauses.Select(c => c.Index));
        Assert.Equal([false, false, false, true], clauses.Select(c => c.IsLast));
    }

    [Theory]
    [InlineData("It is in the U.S. The rest is not.", 2)]
    [InlineData("Wait... what do you mean?", 1)]
    [InlineData("Wait... What do you mean?", 2)]
    [InlineData("He said \"Stop.\" Then he left.", 2)]
    [InlineData("I said no. That was it.", 2)]
    [InlineData("See No. 5 of them.", 1)]
    [InlineData("1. First item\n2. Second item\n3. Third", 3)]
    [InlineData("It is 5 p.m. now.", 1)]
    [InlineData("Really?! Yes.", 2)]
    public void Sentences_end_where_they_end(string answer, int sentences) =>
        Assert.Equal(sentences, Clauses(answer, 2, new ClauseCutterOptions { FirstClauseWords = 0 }).Count);

    [Fact]
    public void A_cut_clause_says_so_and_has_no_final_punctuation()
    {
        var clauses = Clauses("The capital of France is Paris.", 5);

        Assert.Equal([new Clause("The capital of France", 0, IsCut: true, IsLast: false) { End = 21 }, new Clause("is Paris.", 1, IsCut: false, IsLast: true) { End = 31 }], clauses);
    }

    [Fact]
    public void The_clauses_are_the_same_however_the_text_arrives()
    {
        const string answer = "Rainbows form when sunlight meets rain; the light is bent, split and sent back. "
            + "Each colour leaves at its own angle: red at 42 degrees, violet at 40. See www.example.com for more.\n\n- One\n- Two 😀";
        var whole = Clauses(answer, 1000).Select(c => c.Text).ToList();

        for (var size = 1; size < 12; size++)
        {
            Assert.Equal(whole, Clauses(answer, size).Select(c => c.Text));
        }
    }

    [Fact]
    public void A_long_sentence_is_cut_at_a_comma_and_then_by_words()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 20));
        var clauses = Clauses($"Hi there. {words}, {words} {words} {words} {words}", 6);

        Assert.Equal([2, 20, 60, 20], clauses.Select(c => c.Text.Split(' ').Length));
        Assert.Equal([false, true, true, false], clauses.Select(c => c.IsCut));
    }

    [Fact]
    public void Code_stays_in_one_piece()
    {
        var clauses = Clauses("Here you go:\n```csharp\nvar a = 1. First;\n\nvar b = 2;\n```\nThat is all there is.", 3);

        Assert.Single(clauses, clause => clause.Text.Contains("var a", StringComparison.Ordinal) && clause.Text.Contains("var b", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("😀 ... !")]
    public void Nothing_to_say_gives_no_clause(string answer) => Assert.Empty(Clauses(answer, 1));

    [Theory]
    [InlineData("The sky is blue", "The sky is blue because")]
    [InlineData("The sky looks blue", "The sky looks blue when it")]
    [InlineData("The cat sat", "The cat sat on the")]
    public void A_clause_leaves_as_soon_as_it_can_be_judged(string clause, string read)
    {
        var cutter = new ClauseCutter();
        var tokens = (read + " others").Split(' ').Select((word, index) => index == 0 ? word : " " + word);
        var seen = "";
        Assert.Equal(clause, tokens.Select(token =>
        {
            seen += token;
            return cutter.Push(token).FirstOrDefault()?.Text;
        }).First(text => text is not null));
        Assert.Equal(read, seen);
    }

    private static string Spoken(string answer) => string.Join("| ", Clauses(answer, 4).Select(clause => clause.Text));

    private static List<Clause> Clauses(string answer, int size, ClauseCutterOptions? options = null)
    {
        var cutter = new ClauseCutter(options);
        List<Clause> clauses = [.. answer.Chunk(size).SelectMany(chunk => cutter.Push(new string(chunk)).ToList())];
        clauses.AddRange(cutter.Complete());
        return clauses;
    }
}
