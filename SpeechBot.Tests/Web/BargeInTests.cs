using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

public sealed class BargeInTests
{
    private const string Answer = "The capital of France is Paris. It lies on the river Seine.";

    [Theory]
    [InlineData("")]
    [InlineData("Mhm.")]
    [InlineData("Uh-huh.")]
    [InlineData("Mm-hmm.")]
    [InlineData("Hmm, right.")]
    [InlineData("Yeah, right.")]
    [InlineData("I see.")]
    [InlineData("[BLANK_AUDIO]")]
    [InlineData("(coughing) Okay.")]
    [InlineData("The capital of France is Paris.")]
    [InlineData("it lies on the river sane")]
    public void What_means_nothing_is_nothing(string heard) => Assert.True(BargeIn.IsNothing(heard, Answer));

    [Theory]
    [InlineData("Stop.")]
    [InlineData("Paris?")]
    [InlineData("Yeah, but what about Lyon?")]
    [InlineData("No, wait.")]
    [InlineData("Is it a big city?")]
    public void What_means_something_is_not(string heard) => Assert.False(BargeIn.IsNothing(heard, Answer));

    [Theory]
    [InlineData("Stop.", true)]
    [InlineData("Okay, stop it, please!", true)]
    [InlineData("No, thank you. That's enough.", true)]
    [InlineData("Stop at the river.", false)]
    [InlineData("Okay.", false)]
    public void Who_asks_for_silence_wants_no_answer(string heard, bool isStop) => Assert.Equal(isStop, BargeIn.IsStop(heard));
}
