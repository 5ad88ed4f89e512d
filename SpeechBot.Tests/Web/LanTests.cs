using System.Net;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpeechBot.AppHost.Lan;
using SpeechBot.ServiceDefaults.Security;
using SpeechBot.Tests.Support;
using SpeechBot.Web.Conversations;
using SpeechBot.Web.Lan;

namespace SpeechBot.Tests.Web;

/// <summary>The way in from the local network, tried on loopback.</summary>
public sealed class LanTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("speechbot-lan-");

    [Fact]
    public async Task A_device_that_trusts_the_downloaded_certificate_connects_without_a_warning()
    {
        await using var app = await StartAsync(("Api:Key", "a-long-secret"));
        var port = new Uri(app.Urls.Single(url => url.StartsWith("https:", StringComparison.Ordinal))).Port;
        var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder.FullName, "authority.cer"));
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (request, certificate, chain, problems) =>
            {
                using var trusted = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
                trusted.ChainPolicy.CustomTrustStore.Add(authority);
                return trusted.Build(certificate!) && certificate!.MatchesHostname(request.RequestUri!.Host);
            },
        };
        using var device = new HttpClient(handler);

        Assert.Equal("hello", await device.GetStringAsync(new Uri($"https://127.0.0.1:{port}/"), TestContext.Current.CancellationToken));
        Assert.Equal(authority.RawData, await device.GetByteArrayAsync(new Uri($"https://localhost:{port}/lan/certificate"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_browser_talks_over_http_2()
    {
        const string Key = "a-long-secret";
        await using var web = new WebApplicationFactory<VoiceSession>().WithWebHostBuilder(builder =>
        {
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.UseSetting(Rehearsal.Setting, "false").UseSetting("Api:Key", Key);
            builder.UseSetting("Lan:Enabled", "true").UseSetting("Lan:Address", "127.0.0.1").UseSetting("Lan:Port", "0").UseSetting("Lan:Folder", _folder.FullName);
        });
        web.UseKestrel(0);
        web.StartServer();
        var page = web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .Select(address => new Uri(address)).Single(address => address.Scheme == Uri.UriSchemeHttps);

        using var device = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        using var socket = new ClientWebSocket { Options = { HttpVersion = HttpVersion.Version20, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
        socket.Options.SetRequestHeader("Authorization", $"Bearer {Key}");
        socket.Options.SetRequestHeader("Origin", $"https://localhost:{page.Port}");
        await socket.ConnectAsync(new Uri($"wss://localhost:{page.Port}/v1/realtime"), device, TestContext.Current.CancellationToken);

        await using var client = new RealtimeClient(socket);
        await client.WaitForAsync("session.created");
    }

    [Fact]
    public async Task Without_a_key_it_does_not_open()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync());

        Assert.Contains("Api:Key", refused.Message);
    }

    [Fact]
    public void The_certificate_is_kept_until_it_lacks_a_name_or_ends_soon()
    {
        var first = Keep(["192.0.2.5", "my-pc.local"], Now);

        Assert.Equal(first, Keep(["my-pc.local"], Now));
        Assert.NotEqual(first, Keep(["192.0.2.6"], Now));
        Assert.NotEqual(Keep(["192.0.2.6"], Now), Keep(["192.0.2.6"], Now.AddDays(390)));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_user_can_read_certificate_and_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps the user's folder by its own rules.");

        Keep(["192.0.2.5"], Now);
        LanKey.Keep(_folder.FullName);

        Assert.All(["server.pfx", "key"], file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, file))));
    }

    [Fact]
    public void The_key_is_made_once_and_can_be_typed()
    {
        var key = LanKey.Keep(_folder.FullName);

        Assert.Matches("^([a-hjkmnp-z2-9]{4}-){4}[a-hjkmnp-z2-9]{4}$", key);
        Assert.Equal(key, LanKey.Keep(_folder.FullName));
    }

    [Fact]
    public void The_terminal_shows_address_key_and_a_code_to_scan()
    {
        using var terminal = new StringWriter();

        LanAnnouncement.Write(terminal, new Uri("https://192.0.2.5:5443"), "abcd-efgh");

        Assert.Contains("https://192.0.2.5:5443", terminal.ToString());
        Assert.Contains("abcd-efgh", terminal.ToString());
        Assert.Contains("▄", terminal.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Keep(string[] hosts, DateTimeOffset now) => LanCertificate.Keep(_folder.FullName, hosts, now).Server.Thumbprint;

    private async Task<WebApplication> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Concat([("Lan:Enabled", "true"), ("Lan:Address", "127.0.0.1"), ("Lan:Port", "0"), ("Lan:Hosts", "192.0.2.5"), ("Lan:Folder", _folder.FullName), ("urls", "http://127.0.0.1:0")])
            .Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));
        builder.AddApiKeys();
        builder.AddLan();
        var app = builder.Build();
        app.MapGet("/", () => "hello");
        app.MapLan();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
