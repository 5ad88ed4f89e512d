using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SpeechBot.Web.Components.Talk;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

public sealed class TurnStepsTests : PageTest
{
    [Fact]
    public void The_step_that_runs_counts_its_time()
    {
        var time = new FakeTimeProvider();
        Services.AddSingleton<TimeProvider>(time);
        var turn = new Turn("turn_1", DateTimeOffset.UnixEpoch)
        {
            State = TurnState.Thinking,
            Timings = new TurnTimings { Spoken = 1900, LastVoiced = 0, Transcript = 118 },
        };
        var steps = Render<TurnSteps>(parameters => parameters.Add(component => component.Turn, turn));

        time.Advance(TimeSpan.FromSeconds(1));

        steps.WaitForAssertion(() => Assert.Equal("thinking1.0 s", Words(steps, "running")));
        Assert.Equal(["listening1.9 s", "transcribing0.1 s"], steps.FindAll("li.done").Select(step => string.Concat(step.TextContent.Split('\n', StringSplitOptions.TrimEntries))));
        Assert.Equal("speaking", Words(steps, "waiting"));
    }

    private static string Words(IRenderedComponent<TurnSteps> steps, string state) =>
        string.Concat(steps.Find($"li.{state}").TextContent.Split('\n', StringSplitOptions.TrimEntries));
}
