using SpeechBot.Llm.Batching;

namespace SpeechBot.Tests.Llm;

/// <summary>The thread that computes.</summary>
public sealed class EngineThreadTests
{
    [Fact]
    public async Task Whoever_asks_it_is_always_the_same_thread()
    {
        using var engine = new EngineThread();

        var threads = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => engine.RunAsync(() => Environment.CurrentManagedThreadId))));

        Assert.Single(threads.Distinct());
        Assert.NotEqual(Environment.CurrentManagedThreadId, threads[0]);
    }

    [Fact]
    public async Task A_failure_is_told_to_who_asked_and_the_next_one_is_served()
    {
        using var engine = new EngineThread();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.RunAsync<int>(() => throw new InvalidOperationException("no room")));

        Assert.Equal("no room", failure.Message);
        Assert.Equal(3, await engine.RunAsync(() => 3));
    }
}
