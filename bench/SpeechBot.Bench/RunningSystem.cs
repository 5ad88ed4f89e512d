using System.Diagnostics;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace SpeechBot.Bench;

/// <summary>The system under test: one that runs already, or one that is started through the AppHost and stopped again.</summary>
public sealed class RunningSystem : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly DistributedApplication? _application;

    private RunningSystem(Uri web, DistributedApplication? application) => (Web, _application) = (web, application);

    /// <summary>Address of web.</summary>
    public Uri Web { get; }

    /// <summary>Finds or starts it and waits until it is healthy.</summary>
    public static async Task<RunningSystem> FindAsync(Uri? url, CancellationToken cancellation)
    {
        if (url is not null)
        {
            return new(url, null);
        }

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SpeechBot_AppHost>(cancellation);
        // Only what goes wrong, and not into the table.
        builder.Services.AddLogging(logging => logging.AddFilter("SpeechBot", LogLevel.Warning).AddFilter("Aspire", LogLevel.Warning));
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var application = await builder.BuildAsync(cancellation);
        try
        {
            await application.StartAsync(cancellation);
            foreach (var service in new[] { "stt", "llm", "tts", "web" })
            {
                await application.ResourceNotifications.WaitForResourceHealthyAsync(service, cancellation);
            }

            var web = application.GetEndpoint("web", "http");
            await RehearsedAsync(web, cancellation);
            return new(web, application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until web has held its rehearsal, as a person would who watches the page get ready.</summary>
    private static async Task RehearsedAsync(Uri web, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = web };
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Patience;)
        {
            var health = JsonNode.Parse(await client.GetStringAsync("/health", cancellation));
            if (health?["checks"]?["rehearsal"]?["data"]?["rehearsed"]?.GetValue<bool>() is not false)
            {
                return;
            }

            await Task.Delay(Look, TimeProvider.System, cancellation);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;
}
