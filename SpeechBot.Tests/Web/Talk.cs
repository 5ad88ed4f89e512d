using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SpeechBot.Tests.Support;
using SpeechBot.Tests.Support.Fakes;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

/// <summary>The web service in process, between scripted engines and a realtime client.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly WebApplicationFactory<VoiceSession> _web;
    private readonly FakeTimeProvider? _standing;

    private Talk(WebApplicationFactory<VoiceSession> web, ScriptedEngines engines, TimeProvider? time) => (_web, Engines, _standing) = (web, engines, time as FakeTimeProvider);

    internal ScriptedEngines Engines { get; }

    internal IServiceProvider Services => _web.Services;

    internal HttpClient Http => _web.CreateClient();

    internal TestServer Server => _web.Server;

    internal HttpClient Client(WebApplicationFactoryClientOptions options) => _web.CreateClient(options);

    internal static async Task<Talk> StartAsync(TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var engines = await ScriptedEngines.StartAsync();
        var web = new WebApplicationFactory<VoiceSession>().WithWebHostBuilder(builder =>
        {
            builder.ConfigureServices(services => services.AddLogging(logging => logging.ClearProviders()));
            foreach (var (key, value) in engines.Settings)
            {
                builder.UseSetting(key, value);
            }

            builder.UseSetting(Rehearsal.Setting, "false");
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            if (time is not null)
            {
                builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton(time)));
            }
        });
        return new Talk(web, engines, time);
    }

    internal Task<VoiceSession> OpenSessionAsync(string? conversationId = null) =>
        _web.Services.GetRequiredService<VoiceSessions>().CreateAsync(VoiceSessions.LocalOwner, conversationId, TestContext.Current.CancellationToken);

    /// <summary>Connects a client, to a session of its own or to the one given.</summary>
    internal async Task<RealtimeClient> ConnectAsync(VoiceSession? session = null, string? origin = null, string? query = null)
    {
        var sockets = _web.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request =>
        {
            if (origin is not null)
            {
                request.Headers.Origin = origin;
            }
        };
        query ??= session is null ? "" : $"?session={session.Id}";
        var client = new RealtimeClient(await sockets.ConnectAsync(new Uri(_web.Server.BaseAddress, "/v1/realtime" + query), TestContext.Current.CancellationToken));
        await client.WaitForAsync("session.created");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        // Polly lets requests that are under way come to their end, and looks at the clock for that: one that stood still would hold the end up for ever.
        var ending = Task.Run(async () => await _web.DisposeAsync());
        while (!ending.IsCompleted)
        {
            _standing?.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(ending, Task.Delay(Tick, TimeProvider.System));
        }

        await ending;
        await Engines.DisposeAsync();
    }
}
