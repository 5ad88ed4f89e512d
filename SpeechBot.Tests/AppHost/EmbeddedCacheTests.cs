using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SpeechBot.AppHost.Cache;
using StackExchange.Redis;

namespace SpeechBot.Tests.AppHost;

public sealed class EmbeddedCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("speechbot-cache-").FullName;

    [Fact]
    public async Task What_was_written_is_there_after_a_crash_and_after_a_restart_of_everything()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        var stop = patience.Token;
        await using (var app = await StartAsync(stop))
        {
            await using var redis = await ConnectAsync(app);
            await redis.GetDatabase().StringSetAsync("said", "hello");

            var killed = await app.ResourceNotifications.WaitForResourceHealthyAsync("cache", stop);
            using var process = Process.GetProcessById(ProcessId(killed));
            process.Kill();
            var restarted = await app.ResourceNotifications.WaitForResourceAsync("cache", change => change.Snapshot.HealthStatus is not null && ProcessId(change) != ProcessId(killed), stop);
            await app.ResourceNotifications.WaitForResourceAsync("cache", change => change.Snapshot.HealthStatus == HealthStatus.Healthy, stop);

            Assert.Equal("1 of 3", restarted.Snapshot.Properties.Single(property => property.Name == "Restarts").Value);
            Assert.Equal("hello", await SaidAsync(app));
        }

        await using var later = await StartAsync(stop);
        Assert.Equal("hello", await SaidAsync(later));
    }

    [Fact]
    public void The_password_is_made_once_and_nobody_else_can_read_it()
    {
        var password = CachePassword.Keep(_folder);

        Assert.Equal(32, password.Length);
        Assert.Equal(password, CachePassword.Keep(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "password")));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SpeechBot_AppHost>(["--Cache=embedded", $"--Cache:Path={_folder}"], cancellationToken);
        foreach (var service in builder.Resources.OfType<ProjectResource>().ToArray())
        {
            // Only the cache: the engines need seconds to load.
            builder.Resources.Remove(service);
        }

        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("cache", cancellationToken);
        return app;
    }

    private static async Task<string?> SaidAsync(DistributedApplication app)
    {
        await using var redis = await ConnectAsync(app);
        return await redis.GetDatabase().StringGetAsync("said");
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(DistributedApplication app) =>
        await ConnectionMultiplexer.ConnectAsync((await app.GetConnectionStringAsync("cache"))!);

    private static int ProcessId(ResourceEvent change) =>
        Convert.ToInt32(change.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value, System.Globalization.CultureInfo.InvariantCulture);
}
