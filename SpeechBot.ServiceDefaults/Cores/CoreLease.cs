using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>
/// One core token for each core, shared by all SpeechBot processes of this machine and user. Hearing and reading prompts take all of them,
/// or those that are free where one is held for long; the first clause takes those that are free; writing tokens takes one at a time and
/// steps aside while somebody waits for more.
/// Two native engines with two threads each on two cores slow each other down tenfold, because their threads spin while they wait for
/// one that the other has displaced (docs/latency.md). Whoever holds tokens must not ask for more.
/// </summary>
public sealed partial class CoreLease : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TimeSpan _allWithin;
    private readonly TimeSpan _patience;
    private readonly ICoreSemaphore? _semaphore;
    private int _told;

    /// <summary>Joins the other processes; where that cannot be done it says so once, and nobody waits.</summary>
    public CoreLease(IOptions<CoreLeaseOptions> options, TimeProvider time, ILogger<CoreLease> logger)
    {
        (_time, _logger, _allWithin, _patience) = (time, logger, options.Value.AllWithin, options.Value.Patience);
        if (!IsWanted(options.Value))
        {
            return;
        }

        try
        {
            Tokens = Math.Clamp(Environment.ProcessorCount, 1, Math.Max(1, options.Value.Limit));
            _semaphore = OperatingSystem.IsWindows() ? new NamedCoreSemaphore(options.Value.Name, Tokens) : new SystemVCoreSemaphore(options.Value.Name, Tokens);
            Tokens = _semaphore.Tokens;
        }
        catch (Exception exception)
        {
            Tokens = 0;
            LogUnavailable(_logger, exception.Message);
        }
    }

    /// <summary>Tokens in all; 0 where the lease is off.</summary>
    public int Tokens { get; }

    /// <summary>Takes every core, for short work that somebody waits for; where others do not give them soon, as many as there are.</summary>
    public ValueTask<CoreTokens> AcquireAllAsync(CancellationToken cancellationToken = default) => AcquireAsync(Demand.All, cancellationToken);

    /// <summary>Takes as many cores as are free, for work that would rather begin on one than wait for all. One is waited for.</summary>
    public ValueTask<CoreTokens> AcquireSomeAsync(CancellationToken cancellationToken = default) => AcquireAsync(Demand.Some, cancellationToken);

    /// <summary>Takes one core, unless somebody wants more, who goes first.</summary>
    public ValueTask<CoreTokens> AcquireOneAsync(CancellationToken cancellationToken = default) => AcquireAsync(Demand.One, cancellationToken);

    /// <summary>Whether all cores could be had at this moment; true where the lease is off.</summary>
    public bool AreFree()
    {
        if (_semaphore is null)
        {
            return true;
        }

        try
        {
            if (_semaphore.TryTake(all: true))
            {
                _semaphore.Release(Tokens);
                return true;
            }

            return false;
        }
        catch (InvalidOperationException exception)
        {
            Without(exception);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _semaphore?.Dispose();

    private ValueTask<CoreTokens> AcquireAsync(Demand demand, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_semaphore is null)
        {
            return new(new CoreTokens(0, TimeSpan.Zero, null));
        }

        try
        {
            // Nearly always there is nobody else: that takes a microsecond, and no thread.
            var all = demand != Demand.One;
            return _semaphore.TryTake(all)
                ? new(new CoreTokens(all ? Tokens : 1, TimeSpan.Zero, Release))
                : new(WaitAsync(_semaphore, demand, cancellationToken));
        }
        catch (InvalidOperationException exception)
        {
            return new(Without(exception));
        }
    }

    private async Task<CoreTokens> WaitAsync(ICoreSemaphore semaphore, Demand demand, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        int taken;
        try
        {
            // On a thread of its own: the pool has as many as there are cores at first, and if all of them waited here, none would be left
            // for the holder to give its cores back.
            taken = await Task.Factory.StartNew(
                () => Take(semaphore, demand, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (InvalidOperationException exception)
        {
            return Without(exception);
        }

        var waited = _time.GetElapsedTime(started);
        if (cancellationToken.IsCancellationRequested)
        {
            if (taken > 0)
            {
                Release(taken);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        if (taken > 0)
        {
            return new CoreTokens(taken, waited, Release);
        }

        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            LogImpatient(_logger, _patience.TotalSeconds);
        }

        return new CoreTokens(0, waited, null);
    }

    private int Take(ICoreSemaphore semaphore, Demand demand, CancellationToken cancellationToken) => demand switch
    {
        Demand.One => semaphore.Take(all: false, _patience, cancellationToken) ? 1 : 0,
        Demand.Some => semaphore.TakeSome(_patience, cancellationToken),
        _ => TakeAll(semaphore, cancellationToken),
    };

    private int TakeAll(ICoreSemaphore semaphore, CancellationToken cancellationToken)
    {
        var soon = _allWithin < _patience ? _allWithin : _patience;
        return semaphore.Take(all: true, soon, cancellationToken) ? Tokens : semaphore.TakeSome(_patience - soon, cancellationToken);
    }

    private void Release(int tokens)
    {
        try
        {
            _semaphore!.Release(tokens);
        }
        catch (InvalidOperationException exception)
        {
            Without(exception);
        }
    }

    /// <summary>Somebody removed the semaphores (ipcrm): nobody can wait for anybody any more.</summary>
    private CoreTokens Without(InvalidOperationException exception)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            LogUnavailable(_logger, exception.Message);
        }

        return new CoreTokens(0, TimeSpan.Zero, null);
    }

    private static bool IsWanted(CoreLeaseOptions options) => options.Lease.ToLowerInvariant() switch
    {
        "on" => true,
        "off" => false,
        "auto" => Environment.ProcessorCount <= 4 && Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") is not ("true" or "1"),
        var other => throw new OptionsValidationException(CoreLeaseOptions.Section, typeof(CoreLeaseOptions), [$"Cores:Lease is '{other}'. It is one of auto, on, off."]),
    };

    private enum Demand
    {
        One,
        Some,
        All,
    }

    [LoggerMessage(EventId = 9301, EventName = "CoresUnavailable", Level = LogLevel.Warning, Message = "The services cannot take turns on the cores of this machine ({Reason}); answers may be slower while several of them work")]
    private static partial void LogUnavailable(ILogger logger, string reason);

    [LoggerMessage(EventId = 9302, EventName = "CoresBusy", Level = LogLevel.Information, Message = "No core was given free within {Seconds} s; going on without (said once)")]
    private static partial void LogImpatient(ILogger logger, double seconds);
}
