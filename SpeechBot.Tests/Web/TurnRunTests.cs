using SpeechBot.Web.Conversations;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Tests.Web;

/// <summary>What a run of the pipeline tells about its times.</summary>
public sealed class TurnRunTests
{
    [Fact]
    public void How_long_the_certainty_took_is_known_before_the_answer_may_go_out()
    {
        // Whoever waits for the certainty goes on at once, on another thread; a time that is taken behind it can be later than the release.
        List<bool> certainWhenAsked = [];
        TurnRun? run = null;
        var clock = new WatchedClock(() => certainWhenAsked.Add(run!.IsConfirmed));
        run = new TurnRun(new OpenTurn(new Turn("turn_1", DateTimeOffset.UnixEpoch), null), new Conversation("talk_1", DateTimeOffset.UnixEpoch), new SessionSettings(), new Outbox(), clock)
        {
            LastVoiced = 0,
            AudioNumber = 1,
            Released = _ => { },
            Ended = _ => { },
        };

        run.Confirm();
        var after = run.ConfirmedAfter;
        run.Confirm();

        Assert.NotNull(after);
        Assert.Equal(after, run.ConfirmedAfter);
        Assert.Equal([false], certainWhenAsked);
    }

    private sealed class WatchedClock(Action asked) : TimeProvider
    {
        public override long GetTimestamp()
        {
            asked();
            return base.GetTimestamp();
        }
    }
}
