using SpeechBot.Llm.Replies;

namespace SpeechBot.Tests.Llm;

public sealed class StopMatcherTests
{
    [Fact]
    public void Without_stops_everything_passes_at_once() => Assert.Equal("Hello.", new StopMatcher([]).Add("Hello."));

    [Fact]
    public void What_may_become_a_stop_is_held_back_until_it_is_certain()
    {
        var matcher = new StopMatcher(["User:"]);
        Assert.Equal("Hello. ", matcher.Add("Hello. Us"));
        Assert.Equal("Useful", matcher.Add("eful"));
        Assert.False(matcher.Stopped);
    }

    [Fact]
    public void A_stop_over_several_pieces_ends_the_text_before_it()
    {
        var matcher = new StopMatcher(["User:", "\n\n"]);
        Assert.Equal("Hello. ", matcher.Add("Hello. U"));
        Assert.Equal("", matcher.Add("ser"));
        Assert.Equal("", matcher.Add(": more"));
        Assert.True(matcher.Stopped);
    }

    [Fact]
    public void Of_two_stops_the_earlier_one_counts()
    {
        var matcher = new StopMatcher(["late", "early"]);
        Assert.Equal("one ", matcher.Add("one early two late"));
    }

    [Fact]
    public void A_beginning_inside_a_beginning_is_not_missed()
    {
        var matcher = new StopMatcher(["aab"]);
        Assert.Equal("a", matcher.Add("aaa"));
        Assert.Equal("", matcher.Add("b"));
        Assert.True(matcher.Stopped);
    }

    [Fact]
    public void At_the_end_what_was_held_back_is_text()
    {
        var matcher = new StopMatcher(["###"]);
        Assert.Equal("Hi ", matcher.Add("Hi ##"));
        Assert.Equal("##", matcher.Flush());
    }
}
