using Microsoft.Extensions.Hosting;

namespace SpeechBot.AppHost.Restart;

/// <summary>
/// Changes of all resources in → start commands for those that crashed: after 1, 2 and 4 seconds, then no more, so that a service
/// that cannot live does not take the machine with it. Both the resource's state and its log say what is done.
/// </summary>
public sealed class CrashRecovery(
    ResourceNotificationService notifications,
    ResourceCommandService commands,
    ResourceLoggerService logs,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, RestartRecord> _records = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping.Token))
            {
                if (!change.Resource.TryGetLastAnnotation<RestartAnnotation>(out var wanted))
                {
                    continue;
                }

                if (!_records.TryGetValue(change.ResourceId, out var record))
                {
                    record = _records[change.ResourceId] = new RestartRecord();
                }

                if (record.HasCrashed(change.Snapshot))
                {
                    _ = RecoverAsync(change, record, wanted.Tries, stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RecoverAsync(ResourceEvent crash, RestartRecord record, int tries, CancellationToken cancellationToken)
    {
        var log = logs.GetLogger(crash.Resource);
        var exitCode = crash.Snapshot.ExitCode;
        record.Count(RanFor(crash.Snapshot), StableAfter);
        if (record.Tries > tries)
        {
            // A terminal state, so that the dashboard goes on offering "Start".
            RestartLog.GaveUp(log, crash.Resource.Name, exitCode, tries);
            await StateAsync(crash, KnownResourceStates.Exited, KnownResourceStateStyles.Error, $"gave up after {tries} restarts");
            return;
        }

        var delay = TimeSpan.FromSeconds(1 << (record.Tries - 1));
        RestartLog.Restarting(log, crash.Resource.Name, exitCode, delay.TotalSeconds, record.Tries, tries);
        await StateAsync(crash, $"Restarting ({record.Tries} of {tries})", KnownResourceStateStyles.Warn, $"{record.Tries} of {tries}");
        try
        {
            await Task.Delay(delay, time, cancellationToken);
            await commands.ExecuteCommandAsync(crash.Resource, KnownResourceCommands.StartCommand, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The whole application stops.
        }
    }

    private static TimeSpan RanFor(CustomResourceSnapshot snapshot) =>
        snapshot is { StartTimeStamp: { } started, StopTimeStamp: { } stopped } ? stopped - started : TimeSpan.Zero;

    private Task StateAsync(ResourceEvent crash, string text, string style, string restarts) =>
        notifications.PublishUpdateAsync(crash.Resource, now => now with
        {
            State = new ResourceStateSnapshot(text, style),
            Properties = [.. now.Properties.Where(property => property.Name != "Restarts"), new ResourcePropertySnapshot("Restarts", restarts)],
        });
}
