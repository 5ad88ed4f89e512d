using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Shows every line that a resource writes, behind the resource's name.</summary>
internal sealed partial class ResourceLogForwarder(DistributedApplicationModel model, ResourceLoggerService logs, DistributedApplicationOptions options, ILoggerFactory loggers, IHostEnvironment environment) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var launched = model.Resources.Where(ResourceLauncher.CanLaunch).ToArray();
        var width = launched.Select(resource => resource.Name.Length).DefaultIfEmpty().Max();
        return Task.WhenAll(launched.Select(resource => ForwardAsync(resource, width, stoppingToken)));
    }

    private async Task ForwardAsync(IResource resource, int width, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{resource.Name}");
        await foreach (var batch in logs.WatchAsync(resource).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var line in batch)
            {
                var text = line.Content[(line.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..];
                if (options.EnableResourceLogging)
                {
                    LogLine(logger, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, Colours().Replace(text, ""));
                }
                else
                {
                    Console.WriteLine($"{resource.Name.PadRight(width)} | {(Console.IsOutputRedirected ? Colours().Replace(text, "") : text)}");
                }
            }
        }
    }

    [LoggerMessage(Message = "{Line}")]
    private static partial void LogLine(ILogger logger, LogLevel level, string line);

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex Colours();
}
