using Bunit;
using SpeechBot.Web.Components.Talk;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

public sealed class SessionSummaryTests : PageTest
{
    [Fact]
    public void A_talk_is_summed_up_in_two_figures_and_a_line()
    {
        var summary = Render<SessionSummary>(parameters => parameters.Add(component => component.Turns, [After(300), After(500), After(400), new Turn("unanswered", DateTimeOffset.UnixEpoch)]));

        Assert.Equal(["400", "500"], summary.FindAll("strong").Select(figure => figure.TextContent));
        Assert.Equal(3, summary.Find("polyline").GetAttribute("points")!.Split(' ').Length);
        Assert.Equal("3 answers, from 300 to 500 ms", summary.Find("svg").GetAttribute("aria-label"));
    }

    [Fact]
    public void One_answer_needs_no_summary() =>
        Assert.Empty(Render<SessionSummary>(parameters => parameters.Add(component => component.Turns, [After(300)])).Markup.Trim());

    private static Turn After(double ms) => new("turn", DateTimeOffset.UnixEpoch) { Timings = new TurnTimings { Released = ms } };
}
