using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SpeechBot.Bench.Talking;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tests.Support;
using SpeechBot.Tests.Support.Otlp;

namespace SpeechBot.Tests.EndToEnd;

/// <summary>The whole application, started once for all tests of the collection, on free ports and with a history of its own.</summary>
public sealed class AppHostFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Resources = ["cache", "stt", "llm", "tts", "web"];

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // The dashboard's own ports; those of the services Aspire draws.
    private readonly Uri _dashboard = new($"http://localhost:{FreePort.Next()}");
    private readonly Uri _dashboardOtlp = new($"http://localhost:{FreePort.Next()}");
    private readonly DirectoryInfo _history = Directory.CreateTempSubdirectory("speechbot-history-");
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("speechbot-models-");
    private DistributedApplication? _application;
    private OtlpReceiver? _telemetry;

    public DistributedApplication Application => _application ?? throw new InvalidOperationException("The application has not been started.");

    public Uri Web => Application.GetEndpoint("web", "http");

    /// <summary>All that the services exported; it goes on to the dashboard.</summary>
    internal OtlpReceiver Telemetry => _telemetry ?? throw new InvalidOperationException("The application has not been started.");

    /// <summary>The dashboard's page, open to anybody. Where Aspire runs it as a resource, it has ports of its own choice.</summary>
    public Uri Dashboard => DashboardEndpoint("http", _dashboard);

    /// <summary>A turn that was spoken for several classes of tests; null while none of them ran.</summary>
    internal Task<(TurnResult Result, IReadOnlyList<ExportedSpan> Spans)>? Spoken { get; set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // A second brain and a second voice, to change to.
        TestModels.Twin(TestModels.StarterBrain, Path.Combine(_models.FullName, "llm"), "Twin.gguf");
        TestModels.Twin(TestModels.StarterVoice, Path.Combine(_models.FullName, "tts"), "en_US-twin-medium.onnx");
        TestModels.Twin(TestModels.StarterVoice + ".json", Path.Combine(_models.FullName, "tts"), "en_US-twin-medium.onnx.json");
        _telemetry = await OtlpReceiver.StartAsync();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync(
            typeof(Projects.SpeechBot_AppHost),
            [
                "--Cache=embedded", $"--Cache:Path={_history.FullName}", $"--Models:Downloads={_models.FullName}", $"--ASPNETCORE_URLS={_dashboard}", "--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true",
                $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:{FreePort.Next()}", $"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL={_dashboardOtlp}",
                $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:{FreePort.Next()}",
            ],
            (options, _) => options.DisableDashboard = false);
        foreach (var service in builder.Resources.OfType<ProjectResource>().ToArray())
        {
            builder.CreateResourceBuilder(service).WithEnvironment(context => ExportHere(context.EnvironmentVariables));
        }

        _application = await builder.BuildAsync();
        await _application.StartAsync();
        _telemetry.Dashboard = DashboardEndpoint("otlp-http", _dashboardOtlp);
        await HealthyAsync(Resources);
    }

    /// <summary>Waits until the resources can be used.</summary>
    public async Task HealthyAsync(params string[] resources)
    {
        using var patience = new CancellationTokenSource(Patience);
        foreach (var resource in resources)
        {
            try
            {
                // Not WaitForResourceHealthyAsync: that gives a resource up as soon as it is seen between its crash and its restart.
                await Application.ResourceNotifications.WaitForResourceAsync(resource, change => change.Snapshot.HealthStatus == HealthStatus.Healthy, patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"'{resource}' was not healthy after {Patience.TotalMinutes} minutes.");
            }
        }
    }

    public HttpClient Client(string resource) => Application.CreateHttpClient(resource, "http");

    /// <summary>What stt hears in a recording.</summary>
    public async Task<string> TranscribeAsync(AudioClip clip)
    {
        using var stt = Client("stt");
        var file = new ByteArrayContent(WavWriter.ToBytes(clip)) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var form = new MultipartFormDataContent { { file, "file", "heard.wav" }, { new StringContent("whisper-1"), "model" } };
        using var response = await stt.PostAsync("/v1/audio/transcriptions", form);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, $"stt answered {(int)response.StatusCode}: {answer}");
        return answer.GetProperty("text").GetString()!;
    }

    /// <summary>Ends a service's process without any warning, as kill -9 does; returns when the AppHost has seen it.</summary>
    public async Task KillAsync(string resource)
    {
        using var patience = new CancellationTokenSource(Patience);
        var running = await Application.ResourceNotifications.WaitForResourceAsync(resource, change => Pid(change) is not null, patience.Token);
        var pid = Pid(running)!.Value;
        using var process = Process.GetProcessById(pid);
        process.Kill(entireProcessTree: true);
        await Application.ResourceNotifications.WaitForResourceAsync(resource, change => change.Snapshot.HealthStatus is null || Pid(change) != pid, patience.Token);
    }

    /// <summary>Waits for something to show in what was exported.</summary>
    internal async Task<T> ExportedAsync<T>(Func<OtlpReceiver, T?> find, string what) where T : class
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!patience.IsCancellationRequested)
        {
            if (find(Telemetry) is { } found)
            {
                return found;
            }

            await Task.Delay(Look, TimeProvider.System);
        }

        Assert.Fail($"{what} was not exported within a minute.");
        throw new InvalidOperationException();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_telemetry is not null)
        {
            await _telemetry.DisposeAsync();
        }

        _history.Delete(recursive: true);
        _models.Delete(recursive: true);
    }

    private void ExportHere(Dictionary<string, object> variables)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = Telemetry.Address.ToString();
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        // Quick, as Aspire has it in development; and what somebody may have set who wants to see everything: it must not matter.
        (variables["OTEL_BSP_SCHEDULE_DELAY"], variables["OTEL_BLRP_SCHEDULE_DELAY"], variables["OTEL_METRIC_EXPORT_INTERVAL"]) = ("500", "500", "2000");
        variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
    }

    private Uri DashboardEndpoint(string endpoint, Uri configured) =>
        Application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Any(resource => resource.Name == "aspire-dashboard")
            ? Application.GetEndpoint("aspire-dashboard", endpoint)
            : configured;

    private static int? Pid(ResourceEvent change) =>
        change.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } value
            ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
            : null;
}
