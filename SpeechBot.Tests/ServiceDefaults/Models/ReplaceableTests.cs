using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tests.ServiceDefaults.Models;

public sealed class ReplaceableTests
{
    [Fact]
    public void The_old_one_stays_until_its_last_user_is_done()
    {
        var (old, next) = (new Thing(), new Thing());
        using var place = new Replaceable<Thing>();
        Assert.Null(place.TryUse());
        place.Replace(old);
        var (one, two) = (place.TryUse()!, place.TryUse()!);

        place.Replace(next);

        Assert.Same(next, place.Current);
        Assert.Same(old, one.Value);
        one.Dispose();
        one.Dispose();
        Assert.Equal(0, old.Disposals);
        two.Dispose();
        Assert.Equal(1, old.Disposals);
        Assert.Equal(0, next.Disposals);
    }

    [Fact]
    public void The_last_one_goes_with_the_place()
    {
        var thing = new Thing();
        var place = new Replaceable<Thing>();
        place.Replace(thing);

        place.Dispose();

        Assert.Equal(1, thing.Disposals);
        Assert.Null(place.TryUse());
    }

    private sealed class Thing : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
