using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Deployment;

/// <summary>
/// The services of the compose file, with its override merged, each started as its container would be: the same environment, with the
/// names of services and the port 8080 mapped to free ports of loopback. The cache comes last, when all of them are healthy already.
/// </summary>
public sealed class ComposeStack : IAsyncLifetime
{
    private const string Port = "8080";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // What the image of ASP.NET Core and the container engine set.
    private static readonly Dictionary<string, string> OfTheImage = new()
    {
        ["APP_UID"] = "1654",
        ["DOTNET_RUNNING_IN_CONTAINER"] = "true",
        ["HOME"] = "/home/app",
        ["HOSTNAME"] = "a1b2c3d4e5f6",
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    };

    private readonly string _key = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, Container> _containers = [];
    private readonly Dictionary<string, int> _ports;
    private readonly ComposeProject _compose;
    private readonly EmbeddedRedis _cache;

    public ComposeStack()
    {
        var password = Guid.NewGuid().ToString("N");
        _cache = new EmbeddedRedis(password);
        _compose = ComposeProject.Load(new Dictionary<string, string> { ["API_KEY"] = _key, ["CACHE_PASSWORD"] = password }, ComposeProject.Generated, ComposeProject.Override);
        _ports = _compose.Services.Where(service => service != "cache").ToDictionary(service => service, _ => FreePort.Next());
    }

    /// <summary>The services; all but the cache.</summary>
    public IEnumerable<string> Services => _ports.Keys;

    /// <summary>The cache, as the compose file's services see it.</summary>
    public string CacheConnection => Reachable(_compose.Environment("web")["ConnectionStrings__cache"]);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await PublishedServices.PublishAsync();
        foreach (var service in Services)
        {
            _containers[service] = Container.Start(PublishedServices.Folder(service), PublishedServices.Assembly(service), Environment(service));
        }

        foreach (var service in Services)
        {
            await HealthyAsync(service);
        }

        _cache.Start();
    }

    /// <summary>Everything that a service has printed.</summary>
    public string Said(string service) => _containers[service].Said;

    /// <summary>A client of a service, with the key.</summary>
    public HttpClient Client(string service) => new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{_ports[service]}"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", _key) },
    };

    /// <summary>Opens a talk.</summary>
    public async Task<RealtimeClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_key}");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_ports["web"]}/v1/realtime"), cancellationToken);
        return new RealtimeClient(socket);
    }

    /// <summary>Runs a program where a service runs, beside it, and waits for its end.</summary>
    internal async Task<(int Code, string Said)> RunAsync(string service, params string[] command)
    {
        await using var container = Container.Start(PublishedServices.Folder(service), Environment(service), command);
        return (await container.EndAsync(TestContext.Current.CancellationToken), container.Said);
    }

    /// <summary>Runs the health check that the compose file has for a service; 0 says that it is well.</summary>
    internal async Task<int> CheckHealthAsync(string service)
    {
        var test = _compose.HealthTest(service);
        Assert.Equal("CMD", test[0]);
        return (await RunAsync(service, [.. test[1..].Select(part => part.Replace($"/{Port};", $"/{_ports[service]};"))])).Code;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var ends = new Dictionary<string, int>();
        foreach (var (service, container) in _containers)
        {
            ends[service] = await container.StopAsync();
            await container.DisposeAsync();
        }

        _cache.Dispose();
        Assert.All(ends, end => Assert.True(end.Value == 0 || OperatingSystem.IsWindows(), $"{end.Key} ended with {end.Value} when it was asked to stop."));
    }

    private Dictionary<string, string> Environment(string service)
    {
        var environment = new Dictionary<string, string>(OfTheImage);
        foreach (var (name, value) in _compose.Environment(service))
        {
            environment[name] = Reachable(value);
        }

        // It would listen on every address of this machine.
        Assert.True(environment.Remove("HTTP_PORTS", out var port) && port == Port);
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_ports[service]}";
        return environment;
    }

    private string Reachable(string value) => _ports
        .Aggregate(value, (text, service) => text.Replace($"http://{service.Key}:{Port}", $"http://127.0.0.1:{service.Value}"))
        .Replace("cache:6379", $"127.0.0.1:{_cache.Port}");

    private async Task HealthyAsync(string service)
    {
        using var client = Client(service);
        var started = Stopwatch.GetTimestamp();
        var last = "nothing";
        while (Stopwatch.GetElapsedTime(started) < Patience && !_containers[service].HasEnded)
        {
            try
            {
                using var answer = await client.GetAsync("/health");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                last = await answer.Content.ReadAsStringAsync();
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Look, TimeProvider.System);
        }

        Assert.Fail($"{service} did not become healthy. It answered {last} and printed: {Said(service)}");
    }
}
