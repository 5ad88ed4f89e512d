using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>
/// One core token for each core, shared by all SpeechBot processes of this machine and user. What somebody waits for in silence (hearing,
/// reading a prompt, the first clause) takes those that are free, one at least; what has time (writing tokens, judging a voice, later
/// clauses) takes one at a time and steps aside while somebody waits for the former.
/// Two native engines with two threads each on two cores slow each other down tenfold, because their threads spin while they wait for
/// one that the other has displaced (docs/latency.md). Whoever holds tokens must not ask for more.
/// </summary>
public sealed partial class CoreLease : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TimeSpan _patience;
    private readonly ICoreSemaphore? _semaphore;
    private int _told;

    /// <summary>Joins the other processes; where that cannot be done it says so once, and nobody waits.</summary>
    public CoreLease(IOptions<CoreLeaseOptions> options, TimeProvider time, ILogger<CoreLease> logger)
    {
        (_time, _logger, _patience) = (time, logger, options.Value.Patience);
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

    /// <summary>Takes as many cores as are free, for short work that somebody waits for. One is waited for, ahead of those who take no more.</summary>
    public ValueTask<CoreTokens> AcquireSomeAsync(CancellationToken cancellationToken = default) => AcquireAsync(some: true, cancellationToken);

    /// <summary>Takes one core, unless somebody waits for some, who goes first.</summary>
    public ValueTask<CoreTokens> AcquireOneAsync(CancellationToken cancellationToken = default) => AcquireAsync(some: false, cancellationToken);

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

    private ValueTask<CoreTokens> AcquireAsync(bool some, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_semaphore is null)
        {
            return new(new CoreTokens(0, TimeSpan.Zero, null));
        }

        try
        {
            // Nearly always there is nobody else: that takes a microsecond, and no thread.
            return _semaphore.TryTake(all: some)
                ? new(new CoreTokens(some ? Tokens : 1, TimeSpan.Zero, Release))
                : new(WaitAsync(_semaphore, some, cancellationToken));
        }
        catch (InvalidOperationException exception)
        {
            return new(Without(exception));
        }
    }

    private async Task<CoreTokens> WaitAsync(ICoreSemaphore semaphore, bool some, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        int taken;
        try
        {
            // On a thread of its own: the pool has as many as there are cores at first, and if all of them waited here, none would be left
            // for the holder to give its cores back.
            taken = await Task.Factory.StartNew(
                () => some ? semaphore.TakeSome(_patience, cancellationToken) : semaphore.TakeOne(_patience, cancellationToken) ? 1 : 0,
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    [LoggerMessage(EventId = 9301, EventName = "CoresUnavailable", Level = LogLevel.Warning, Message = "The services cannot take turns on the cores of this machine ({Reason}); answers may be slower while several of them work")]
    private static partial void LogUnavailable(ILogger logger, string reason);

    [LoggerMessage(EventId = 9302, EventName = "CoresBusy", Level = LogLevel.Information, Message = "No core was given free within {Seconds} s; going on without (said once)")]
    private static partial void LogImpatient(ILogger logger, double seconds);
}
