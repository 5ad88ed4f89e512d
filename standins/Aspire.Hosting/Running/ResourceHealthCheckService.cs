using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Asks every running resource how it is, often while it starts and seldom once it is well.</summary>
internal sealed class ResourceHealthCheckService(IServiceProvider services, ResourceNotificationService notifications, IDistributedApplicationEventing eventing, HealthCheckService checks) : BackgroundService
{
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(3);
    private readonly Dictionary<string, DateTime?> _watched = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
        {
            var started = change.Snapshot.StartTimeStamp;
            if (change.Snapshot.State?.Text == KnownResourceStates.Running && change.Resource is not ParameterResource && (!_watched.TryGetValue(change.ResourceId, out var known) || known != started))
            {
                _watched[change.ResourceId] = started;
                _ = WatchAsync(change.Resource, started, stoppingToken);
            }
        }
    }

    private async Task WatchAsync(IResource resource, DateTime? started, CancellationToken cancellationToken)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
        var ready = false;
        try
        {
            while (notifications.TryGetCurrentState(resource.Name, out var now) && now.Snapshot.StartTimeStamp == started && now.Snapshot.State?.Text == KnownResourceStates.Running)
            {
                var healthy = keys.Count == 0 || await AskAsync(resource, keys, started, cancellationToken).ConfigureAwait(false);
                if (healthy && !ready)
                {
                    ready = true;
                    await eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken).ConfigureAwait(false);
                }

                if (keys.Count == 0)
                {
                    return;
                }

                await Task.Delay(healthy ? WhileHealthy : WhileStarting, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<bool> AskAsync(IResource resource, HashSet<string> keys, DateTime? started, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), cancellationToken).ConfigureAwait(false);
        await notifications.PublishUpdateAsync(resource, now => now.StartTimeStamp != started || now.State?.Text != KnownResourceStates.Running || IsSame(now, report) ? now : now with
        {
            HealthReports = [.. report.Entries.Select(entry => new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString()) { LastRunAt = DateTime.UtcNow })],
        }).ConfigureAwait(false);
        return report.Status == HealthStatus.Healthy;
    }

    private static bool IsSame(CustomResourceSnapshot now, HealthReport report) =>
        now.HealthReports.Length == report.Entries.Count
        && now.HealthReports.All(old => report.Entries.TryGetValue(old.Name, out var entry) && entry.Status == old.Status && entry.Description == old.Description);
}
