using Microsoft.Extensions.Time.Testing;
using SpeechBot.Web.Components.Talk;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

public sealed class TurnQueueTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Who_waits_is_told_how_many_are_before_them_and_how_long_it_takes()
    {
        var queue = new TurnQueue(_time);
        Serve(queue, seconds: 1);

        queue.Enter("anna");
        queue.Enter("ben");
        queue.Enter("chris");

        Assert.Equal((2, TimeSpan.FromSeconds(3)), queue.PlaceOf("chris"));
        queue.Leave("anna", answered: false);
        Assert.Equal((1, TimeSpan.FromSeconds(2)), queue.PlaceOf("chris"));
        Assert.Null(queue.PlaceOf("anna"));
    }

    [Fact]
    public void A_crowd_does_not_make_the_machine_look_slower_than_it_is()
    {
        var queue = new TurnQueue(_time);
        queue.Enter("anna");
        queue.Enter("ben");
        _time.Advance(TimeSpan.FromSeconds(1));
        queue.Leave("anna", answered: true);
        _time.Advance(TimeSpan.FromSeconds(1));
        queue.Leave("ben", answered: true);

        queue.Enter("chris");

        Assert.Equal((0, TimeSpan.FromSeconds(1)), queue.PlaceOf("chris"));
    }

    [Fact]
    public void An_interrupted_answer_teaches_nothing()
    {
        var queue = new TurnQueue(_time);
        queue.Enter("anna");
        _time.Advance(TimeSpan.FromMinutes(1));
        queue.Leave("anna", answered: false);
        queue.Leave("anna", answered: true);

        queue.Enter("ben");

        Assert.Equal((0, TimeSpan.Zero), queue.PlaceOf("ben"));
    }

    [Theory]
    [InlineData(1, 2.2, "You are next, about 3 s")]
    [InlineData(2, 3, "Two people ahead of you, about 3 s")]
    [InlineData(12, 20, "12 people ahead of you, about 20 s")]
    public void It_is_said_in_words(int ahead, double seconds, string expected) =>
        Assert.Equal(expected, StateLine.Waiting(ahead, TimeSpan.FromSeconds(seconds)).Text);

    private void Serve(TurnQueue queue, double seconds)
    {
        queue.Enter("somebody");
        _time.Advance(TimeSpan.FromSeconds(seconds));
        queue.Leave("somebody", answered: true);
    }
}
