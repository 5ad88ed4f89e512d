using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SpeechBot.Tests.Support.Fakes;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

/// <summary>The page on a loopback port, for a real browser, between engines that a test scripts.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplicationFactory<VoiceSession> _web;

    private PageHost(WebApplicationFactory<VoiceSession> web, ScriptedEngines engines, Uri address) => (_web, Engines, Address) = (web, engines, address);

    internal ScriptedEngines Engines { get; }

    internal Uri Address { get; }

    internal IServiceProvider Services => _web.Services;

    internal static async Task<PageHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var engines = await ScriptedEngines.StartAsync();
        var web = new WebApplicationFactory<VoiceSession>().WithWebHostBuilder(builder =>
        {
            builder.ConfigureServices(services => services.AddLogging(logging => logging.ClearProviders()));
            foreach (var (key, value) in engines.Settings.Select(setting => (setting.Key, setting.Value!)).Concat(settings))
            {
                builder.UseSetting(key, value);
            }
        });
        web.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        web.StartServer();
        var addresses = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new PageHost(web, engines, new Uri(addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await Engines.DisposeAsync();
    }
}
