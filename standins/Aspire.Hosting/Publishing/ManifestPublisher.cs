using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest in place of starting anything, and ends the host.</summary>
internal sealed partial class ManifestPublisher(
    IServiceProvider services,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext execution,
    IDistributedApplicationEventing eventing,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    ILogger<ManifestPublisher> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (execution.PublisherName != "manifest")
        {
            throw new DistributedApplicationException($"There is no publisher named '{execution.PublisherName}'. The one that is here is 'manifest': --publisher manifest --output-path manifest.json.");
        }

        var path = configuration["Publishing:OutputPath"]
            ?? throw new DistributedApplicationException("Say where the manifest is to be written: --output-path manifest.json.");
        path = Path.GetFullPath(path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : Path.Combine(path, "aspire-manifest.json"));
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken).ConfigureAwait(false);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var file = File.Create(path))
        await using (var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
        {
            await new ManifestWriter(new ManifestPublishingContext(execution, path, writer, cancellationToken)).WriteAsync(model).ConfigureAwait(false);
        }

        LogPublished(path);
        lifetime.StopApplication();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Published manifest to: {Path}")]
    private partial void LogPublished(string path);
}
