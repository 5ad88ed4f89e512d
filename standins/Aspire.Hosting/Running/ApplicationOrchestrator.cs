using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Starts the application in the order that it describes, and stops it.</summary>
internal sealed partial class ApplicationOrchestrator(
    IServiceProvider services,
    DistributedApplicationModel model,
    IDistributedApplicationBuilder builder,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    DashboardProcess dashboard,
    ProcessGuard guard,
    ILogger<DistributedApplication> logger) : IHostedService
{
    private readonly CancellationTokenSource _stopping = new();
    private ManagedResource[] _managed = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        LogStarting(builder.AppHostDirectory);
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken).ConfigureAwait(false);

        EndpointAllocator.Allocate(model.Resources, builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false));
        _managed = [.. model.Resources.Where(ResourceLauncher.CanLaunch).Select(resource => new ManagedResource(resource, services))];
        foreach (var managed in _managed)
        {
            LifecycleCommands.AddTo(managed);
        }

        foreach (var resource in model.Resources)
        {
            await notifications.PublishUpdateAsync(resource, now => now with { State = resource is ParameterResource ? KnownResourceStates.Running : null }).ConfigureAwait(false);
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken).ConfigureAwait(false);
        }

        await dashboard.StartAsync(cancellationToken).ConfigureAwait(false);
        foreach (var managed in _managed)
        {
            _ = Task.Run(() => managed.StartAsync(_stopping.Token), CancellationToken.None);
        }

        LogStarted();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);

        // Those that need others first, so that they can still write what they have to write.
        var needed = _managed.Where(one => !one.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Any()).ToArray();
        await Task.WhenAll(_managed.Except(needed).Select(managed => managed.CloseAsync())).ConfigureAwait(false);
        await Task.WhenAll(needed.Select(managed => managed.CloseAsync())).ConfigureAwait(false);
        await dashboard.StopAsync().ConfigureAwait(false);
        guard.Dispose();
    }

    [LoggerMessage(LogLevel.Information, "Distributed application starting. Application host directory is: {Directory}")]
    private partial void LogStarting(string directory);

    [LoggerMessage(LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    private partial void LogStarted();
}
