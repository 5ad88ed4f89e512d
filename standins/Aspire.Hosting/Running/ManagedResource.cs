using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Running;

/// <summary>A resource with its process: starts it, watches it, stops it, and tells everyone.</summary>
internal sealed class ManagedResource(IResource resource, IServiceProvider services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private readonly ResourceNotificationService _notifications = services.GetRequiredService<ResourceNotificationService>();
    private readonly ResourceLauncher _launcher = services.GetRequiredService<ResourceLauncher>();
    private readonly IDistributedApplicationEventing _eventing = services.GetRequiredService<IDistributedApplicationEventing>();
    private readonly ResourceLog _log = services.GetRequiredService<ResourceLoggerService>().Log(resource.Name);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ResourceProcess? _process;
    private volatile bool _closed;

    public IResource Resource => resource;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_closed || _process is { Exited.IsCompleted: false })
            {
                return;
            }

            if (resource.TryGetLastAnnotation<WaitAnnotation>(out _))
            {
                await StateAsync(KnownResourceStates.Waiting).ConfigureAwait(false);
                await _notifications.WaitForDependenciesAsync(resource, cancellationToken).ConfigureAwait(false);
            }

            await StateAsync(KnownResourceStates.Starting).ConfigureAwait(false);
            await _eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken).ConfigureAwait(false);
            var what = await _launcher.PrepareAsync(resource, cancellationToken).ConfigureAwait(false);
            if (_closed)
            {
                return;
            }

            _process = _launcher.Start(what, _log.Add);
            await RunningAsync(what, _process.Id).ConfigureAwait(false);
            _ = WatchAsync(_process);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception failure)
        {
            _log.Add($"'{resource.Name}' could not be started: {failure.Message}", isError: true);
            await StateAsync(new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error)).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task StopAsync()
    {
        if (_process is { Exited.IsCompleted: false } process)
        {
            await StateAsync(KnownResourceStates.Stopping).ConfigureAwait(false);
            await process.StopAsync(Patience).ConfigureAwait(false);
            // The end is told by WatchAsync; whoever stops wants to find it told.
            await _notifications.WaitForResourceAsync(resource.Name, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text)).ConfigureAwait(false);
        }
    }

    /// <summary>Stops it for good: the application ends.</summary>
    public async Task CloseAsync()
    {
        _closed = true;
        if (_process is { Exited.IsCompleted: false } process)
        {
            await process.StopAsync(Patience).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(ResourceProcess process)
    {
        var exitCode = await process.Exited.ConfigureAwait(false);
        var state = resource is ContainerResource ? KnownResourceStates.Exited : KnownResourceStates.Finished;
        await _notifications.PublishUpdateAsync(resource, now => now with
        {
            State = new ResourceStateSnapshot(state, exitCode == 0 ? null : KnownResourceStateStyles.Error),
            ExitCode = exitCode,
            StopTimeStamp = DateTime.UtcNow,
            HealthReports = [],
            Urls = [.. now.Urls.Select(url => url with { IsInactive = true })],
        }).ConfigureAwait(false);
        if (_notifications.TryGetCurrentState(resource.Name, out var last))
        {
            await _eventing.PublishAsync(new ResourceStoppedEvent(resource, services, last)).ConfigureAwait(false);
        }
    }

    private async Task RunningAsync(ResourceStartInfo what, int processId)
    {
        var urls = await ResourceUrls.OfAsync(resource, services.GetRequiredService<DistributedApplicationExecutionContext>()).ConfigureAwait(false);
        await _notifications.PublishUpdateAsync(resource, now => now with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            ExitCode = null,
            StartTimeStamp = DateTime.UtcNow,
            StopTimeStamp = null,
            Urls = urls,
            EnvironmentVariables = [.. what.Environment.Select(variable => new EnvironmentVariableSnapshot(variable.Key, variable.Value, IsFromSpec: true))],
            Properties = Facts(now.Properties, what, processId),
            // Not asked yet: unhealthy until the first answer, so that nobody takes silence for health.
            HealthReports = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null))],
        }).ConfigureAwait(false);
    }

    private static ImmutableArray<ResourcePropertySnapshot> Facts(ImmutableArray<ResourcePropertySnapshot> known, ResourceStartInfo what, int processId)
    {
        ResourcePropertySnapshot[] facts =
        [
            new("executable.path", what.Command),
            new("executable.workDir", what.WorkingDirectory),
            new("executable.args", what.Arguments.ToArray()),
            new("executable.pid", processId),
        ];
        return [.. known.Where(old => facts.All(fact => fact.Name != old.Name)), .. facts];
    }

    private Task StateAsync(ResourceStateSnapshot? state) => _notifications.PublishUpdateAsync(resource, now => now with { State = state });
}
