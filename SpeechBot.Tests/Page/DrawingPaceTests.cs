using Microsoft.Extensions.Time.Testing;
using SpeechBot.Web.Components.Talk;

namespace SpeechBot.Tests.Page;

public sealed class DrawingPaceTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly DrawingPace _pace;
    private int _drawn;

    public DrawingPaceTests() => _pace = new DrawingPace(_time, () => _drawn++);

    public void Dispose() => _pace.Dispose();

    [Fact]
    public void What_changes_in_one_moment_is_drawn_once()
    {
        _pace.Change(answering: false);
        _time.Advance(DrawingPace.Moment / 2);
        _pace.Change(answering: false);
        Assert.Equal(0, _drawn);

        _time.Advance(DrawingPace.Moment / 2);
        Assert.Equal(1, _drawn);
        _time.Advance(DrawingPace.Missed);
        Assert.Equal(1, _drawn);
    }

    [Fact]
    public void While_an_answer_is_made_nothing_is_drawn_until_it_is_heard()
    {
        _pace.Change(answering: false);
        _pace.Change(answering: true);
        _time.Advance(DrawingPace.Missed - DrawingPace.Moment);
        _pace.Change(answering: true);
        Assert.Equal(0, _drawn);

        _pace.Change(answering: false);
        _time.Advance(DrawingPace.Moment);
        Assert.Equal(1, _drawn);
    }

    [Fact]
    public void An_answer_that_takes_long_is_shown_to_be_on_its_way()
    {
        _pace.Change(answering: true);
        _time.Advance(DrawingPace.Missed);
        Assert.Equal(1, _drawn);

        // From now on the person looks.
        _pace.Change(answering: true);
        _time.Advance(DrawingPace.Moment);
        Assert.Equal(2, _drawn);
    }

    [Fact]
    public void The_next_question_stands_still_again()
    {
        _pace.Change(answering: true);
        _pace.Change(answering: false);
        _time.Advance(DrawingPace.Moment);
        _pace.Change(answering: true);
        _time.Advance(DrawingPace.Missed - DrawingPace.Moment);
        Assert.Equal(1, _drawn);
    }
}
