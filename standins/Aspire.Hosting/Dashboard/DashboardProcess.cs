using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>The real Aspire dashboard, from the Aspire CLI's npm package. Where it cannot be had, the application runs without it and says so.</summary>
internal sealed partial class DashboardProcess(
    IDistributedApplicationBuilder builder,
    DistributedApplicationOptions options,
    ResourceLauncher launcher,
    ResourceServiceHost resources,
    ILogger<DistributedApplication> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<string> _lastLines = new();
    private ResourceProcess? _process;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.DisableDashboard)
        {
            return;
        }

        var cli = AppHostMetadata.Of(builder.AppHostAssembly, "AspireCliPath");
        if (cli is null || !File.Exists(cli))
        {
            LogMissing(cli ?? "(none)");
            return;
        }

        try
        {
            var address = await resources.StartAsync(cancellationToken).ConfigureAwait(false);
            _process = launcher.Start(new ResourceStartInfo(cli, ["dashboard", "run", "--allow-anonymous", "--nologo", "--non-interactive"], builder.AppHostDirectory, Environment(address)), Keep);
            _ = AnnounceAsync(_process);
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            LogFailed(failure.Message);
        }
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_process is { Exited.IsCompleted: false } process)
        {
            // It has nothing to save.
            await process.StopAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        }

        await resources.DisposeAsync().ConfigureAwait(false);
    }

    private Dictionary<string, string> Environment(string resourceService) => new()
    {
        ["ASPNETCORE_URLS"] = DashboardAddresses.Page(builder.Configuration),
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = DashboardAddresses.Grpc(builder.Configuration) ?? "http://localhost:4317",
        ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = DashboardAddresses.Http(builder.Configuration) ?? FreeAddress(),
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceService,
        ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = resources.Key,
        ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true",
        ["DASHBOARD__APPLICATIONNAME"] = builder.Environment.ApplicationName,
    };

    private async Task AnnounceAsync(ResourceProcess process)
    {
        var page = DashboardAddresses.Page(builder.Configuration);
        using var client = new HttpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        patience.CancelAfter(Patience);
        try
        {
            while (!process.Exited.IsCompleted)
            {
                if (await AnswersAsync(client, page, patience.Token).ConfigureAwait(false))
                {
                    LogListening(page);
                    return;
                }

                await Task.Delay(200, patience.Token).ConfigureAwait(false);
            }

            LogFailed($"it ended with exit code {await process.Exited.ConfigureAwait(false)}. Its last words: {string.Join(" ", _lastLines)}");
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            LogFailed($"{page} does not answer after {Patience.TotalSeconds:0} s");
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string page, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(page, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private void Keep(string line, bool isError)
    {
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 6)
            {
                _lastLines.Dequeue();
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The dashboard (traces, metrics, logs) is at {Page}")]
    private partial void LogListening(string page);

    [LoggerMessage(LogLevel.Warning, "There is no dashboard: the Aspire CLI is not at {Path}. The application runs without it. Build again where npm can reach its registry.")]
    private partial void LogMissing(string path);

    [LoggerMessage(LogLevel.Warning, "There is no dashboard: {Reason}. The application runs without it.")]
    private partial void LogFailed(string reason);
}
