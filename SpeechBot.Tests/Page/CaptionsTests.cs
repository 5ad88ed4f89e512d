using SpeechBot.Web.Components.Talk;
using SpeechBot.Web.Conversations;
using static SpeechBot.Web.Components.Talk.CaptionProgress;

namespace SpeechBot.Tests.Page;

public sealed class CaptionsTests
{
    private const string Answer = "Well, it is Paris. It lies on the Seine.";

    [Fact]
    public void The_clause_that_is_spoken_is_marked()
    {
        Assert.Equal(
            [new("Well,", Heard), new(" ", Heard), new("it is Paris.", Speaking), new(" ", Coming), new("It lies on the Seine.", Coming)],
            Captions.Of(Turn(Answer, TurnState.Speaking).With("Well, ", "it is Paris. ", "It lies on the Seine.").At(1)));
    }

    [Fact]
    public void A_clause_that_occurs_twice_is_found_where_the_voice_is()
    {
        var captions = Captions.Of(Turn("No. No. No.", TurnState.Speaking).With("No.", "No.", "No.").At(2));

        Assert.Equal([new("No.", Heard), new(" ", Heard), new("No.", Heard), new(" ", Heard), new("No.", Speaking)], captions);
    }

    [Fact]
    public void A_piece_stays_the_same_while_the_voice_goes_on()
    {
        var turn = Turn(Answer, TurnState.Speaking).With("Well, ", "it is Paris. ", "It lies on the Seine.");

        Assert.Equal(Captions.Of(turn.At(0)).Select(piece => piece.Text), Captions.Of(turn.At(2)).Select(piece => piece.Text));
    }

    [Theory]
    [InlineData(TurnState.Thinking)]
    [InlineData(TurnState.Speaking)]
    [InlineData(TurnState.Done)]
    [InlineData(TurnState.Interrupted)]
    public void Put_together_the_pieces_are_the_answer(TurnState state)
    {
        foreach (var spoken in Enumerable.Range(-1, 5))
        {
            var turn = Turn(Answer, state).With("Well,", "it is Paris.", "It lies on the Seine.").At(spoken);
            Assert.Equal(Answer, string.Concat(Captions.Of(turn).Select(caption => caption.Text)));
        }
    }

    [Fact]
    public void What_an_interruption_cut_off_is_shown_as_never_heard()
    {
        var turn = Turn(Answer, TurnState.Interrupted);
        turn.HeardText = "Well, it is Paris.";

        Assert.Equal([new("Well, it is Paris.", Heard), new(" It lies on the Seine.", Unheard)], Captions.Of(turn));
    }

    private static Turn Turn(string text, TurnState state) => new("turn_1", DateTimeOffset.UnixEpoch) { BotText = text, State = state };
}
