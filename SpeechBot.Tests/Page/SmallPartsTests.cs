using Bunit;
using SpeechBot.Web.Components.Machine;
using SpeechBot.Web.Components.Talk;

namespace SpeechBot.Tests.Page;

public sealed class SmallPartsTests : PageTest
{
    [Theory]
    [InlineData(50, 3)]
    [InlineData(95, 5)]
    [InlineData(1, 1)]
    public void A_percentile_is_a_value_that_occurred(double percent, double expected) => Assert.Equal(expected, Percentile.Of([5, 1, 4, 2, 3], percent));

    [Fact]
    public void An_invitation_that_is_pressed_is_said()
    {
        var said = "";
        var empty = Render<EmptyState>(parameters => parameters.Add(component => component.OnChosen, sentence => said = sentence));

        empty.FindAll("button")[1].Click();

        Assert.Equal(empty.FindAll("button")[1].TextContent, said);
        Assert.Equal(3, empty.FindAll("button").Count);
    }
}
