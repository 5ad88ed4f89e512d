using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application that can be started.</summary>
public class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    private readonly TestingSession? _testing = TestingSession.Current;

    /// <summary>Services of the host.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>How the resources are.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Commands to resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Begins the description of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Begins the description of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Runs until it is told to stop.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until it is told to stop; in publish mode writes what was asked for and ends.</summary>
    public virtual Task RunAsync(CancellationToken cancellationToken = default) =>
        // Under a test the test starts and stops the application; its own Main only waits for the end.
        _testing is null ? HostingAbstractionsHostExtensions.RunAsync(host, cancellationToken) : _testing.Ended;

    /// <summary>Starts everything; returns when the start is under way.</summary>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

    /// <summary>Stops everything.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    /// <inheritdoc />
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        if (_testing is not null)
        {
            await host.StopAsync().ConfigureAwait(false);
        }

        await ((IAsyncDisposable)host).DisposeAsync().ConfigureAwait(false);
        _testing?.End();
        GC.SuppressFinalize(this);
    }
}
