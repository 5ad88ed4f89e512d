using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Cores;

namespace SpeechBot.Tests.ServiceDefaults.Cores;

public sealed class CoreLeaseTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_cores_go_to_one_at_a_time()
    {
        using var first = Lease();
        using var second = Lease();
        var held = await first.AcquireSomeAsync(Cancelled);
        Assert.Equal(first.Tokens, held.Count);

        var waiting = second.AcquireSomeAsync(Cancelled).AsTask();
        Assert.False(waiting.IsCompleted);

        held.Dispose();
        using var granted = await waiting;
        Assert.Equal(second.Tokens, granted.Count);
    }

    [Fact]
    public async Task It_tells_whether_all_cores_could_be_had()
    {
        using var lease = Lease();
        Assert.True(lease.AreFree());

        using (await lease.AcquireOneAsync(Cancelled))
        {
            Assert.False(lease.AreFree());
        }

        Assert.True(lease.AreFree());
        (await lease.AcquireSomeAsync(Cancelled)).Dispose();
    }

    [Fact]
    public async Task Who_waits_keeps_no_thread_of_the_pool()
    {
        const int Many = 64;
        using var lease = Lease();
        var held = await lease.AcquireSomeAsync(Cancelled);
        var waiting = Enumerable.Range(0, Many).Select(async _ => (await lease.AcquireOneAsync(Cancelled)).Dispose()).ToList();

        // The pool has as many threads as there are cores, and adds them slowly: most would still lie in its queue.
        Assert.InRange(ThreadPool.PendingWorkItemCount, 0, Many / 2);

        held.Dispose();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Giving_back_twice_gives_back_once()
    {
        using var lease = Lease();
        var held = await lease.AcquireSomeAsync(Cancelled);
        held.Dispose();
        held.Dispose();

        var again = await lease.AcquireSomeAsync(Cancelled);
        var next = lease.AcquireSomeAsync(Cancelled).AsTask();
        Assert.False(next.IsCompleted);

        again.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Who_keeps_one_leaves_the_others_free()
    {
        using var lease = Lease();
        Assert.SkipUnless(lease.Tokens > 1, "This machine has one core.");
        var held = await lease.AcquireSomeAsync(Cancelled);

        held.Keep(1);
        held.Keep(1);
        for (var i = 1; i < lease.Tokens; i++)
        {
            Assert.True(lease.AcquireOneAsync(Cancelled).IsCompletedSuccessfully);
        }

        var last = lease.AcquireOneAsync(Cancelled).AsTask();
        Assert.False(last.IsCompleted);

        held.Dispose();
        Assert.Equal(1, (await last).Count);
    }

    [Fact]
    public async Task Who_takes_some_gets_what_is_free_and_goes_before_who_wants_one()
    {
        using var lease = Lease();
        Assert.SkipUnless(lease.Tokens > 1, "There is one core.");
        var one = await lease.AcquireOneAsync(Cancelled);
        var others = await lease.AcquireSomeAsync(Cancelled);
        Assert.Equal(lease.Tokens - 1, others.Count);

        var some = lease.AcquireSomeAsync(Cancelled).AsTask();
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancelled);
        var late = lease.AcquireOneAsync(Cancelled).AsTask();
        one.Dispose();
        using (var granted = await some)
        {
            Assert.Equal(1, granted.Count);
            Assert.False(late.IsCompleted);
        }

        others.Dispose();
        (await late).Dispose();
        Assert.True(lease.AreFree());
    }

    [Fact]
    public async Task Who_waits_takes_all_that_come_free_together()
    {
        using var lease = Lease();
        var held = await lease.AcquireSomeAsync(Cancelled);
        var waiting = lease.AcquireSomeAsync(Cancelled).AsTask();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancelled);
        Assert.False(waiting.IsCompleted);

        held.Dispose();
        using (var granted = await waiting)
        {
            Assert.Equal(lease.Tokens, granted.Count);
        }

        Assert.True(lease.AreFree());
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_nothing_behind()
    {
        using var lease = Lease();
        var held = await lease.AcquireSomeAsync(Cancelled);
        using var leaving = new CancellationTokenSource();
        var waiting = lease.AcquireSomeAsync(leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        held.Dispose();
        (await lease.AcquireOneAsync(Cancelled)).Dispose();
        (await lease.AcquireSomeAsync(Cancelled)).Dispose();
    }

    [Fact]
    public async Task The_cores_of_a_killed_process_are_free_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows gives them back when the last process is gone.");
        using var lease = Lease();
        using var holder = await CoreHolder.StartAsync(Name(), Cancelled);
        var waiting = lease.AcquireSomeAsync(Cancelled).AsTask();
        Assert.False(waiting.IsCompleted);

        holder.Kill();
        await holder.WaitForExitAsync(Cancelled);

        using var granted = await waiting;
        Assert.Equal(lease.Tokens, granted.Count);
    }

    [Fact]
    public async Task Waiting_too_long_goes_on_without_cores()
    {
        using var lease = Lease(options => options.Patience = TimeSpan.FromMilliseconds(60));
        using var held = await lease.AcquireSomeAsync(Cancelled);
        using var without = await lease.AcquireOneAsync(Cancelled);
        Assert.Equal(0, without.Count);
        Assert.True(without.Waited > TimeSpan.Zero);
    }

    [Fact]
    public async Task Switched_off_nobody_waits()
    {
        using var lease = Lease(options => options.Lease = "off");
        using var first = await lease.AcquireSomeAsync(Cancelled);
        using var second = await lease.AcquireSomeAsync(Cancelled);
        Assert.Equal((0, 0), (first.Count, second.Count));
    }

    [Fact]
    public void An_unknown_setting_is_named()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Lease(options => options.Lease = "maybe"));
        Assert.Contains("'maybe'", exception.Message);
    }

    private static CoreLease Lease(Action<CoreLeaseOptions>? configure = null, [CallerMemberName] string test = "")
    {
        var options = new CoreLeaseOptions { Lease = "on", Name = Name(test), Patience = TimeSpan.FromSeconds(30) };
        configure?.Invoke(options);
        return new CoreLease(Options.Create(options), TimeProvider.System, NullLogger<CoreLease>.Instance);
    }

    /// <summary>The same for each run, so that runs do not pile up semaphores, but not the same for two checkouts.</summary>
    private static string Name([CallerMemberName] string test = "") => $"{AppContext.BaseDirectory}/{test}";
}
