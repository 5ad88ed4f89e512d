using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SpeechBot.AppHost.Restart;

namespace SpeechBot.AppHost.Cache;

/// <summary>Adds the cache that needs nothing installed.</summary>
public static class EmbeddedCacheExtensions
{
    /// <summary>
    /// Adds Garnet on any free loopback port. Its data and its password stay in a folder of the user (setting Cache:Path), so
    /// that conversations are still there after a restart.
    /// </summary>
    public static IResourceBuilder<EmbeddedCacheResource> AddEmbeddedCache(this IDistributedApplicationBuilder builder, string name)
    {
        var folder = builder.Configuration["Cache:Path"] ?? DefaultFolder(builder.Configuration);
        var password = builder.AddParameter($"{name}-password", () => CachePassword.Keep(folder), secret: true);
        var resource = new EmbeddedCacheResource(name, password.Resource);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration($"{name}_ping", _ => new CacheHealthCheck(resource), HealthStatus.Unhealthy, tags: null));

        return builder.AddResource(resource)
            .WithEndpoint(name: EmbeddedCacheResource.EndpointName, scheme: "tcp", env: CacheServer.PortVariable, isProxied: false)
            .WithArgs(typeof(EmbeddedCacheResource).Assembly.Location, CacheServer.Command)
            .WithEnvironment(CacheServer.PasswordVariable, password)
            .WithEnvironment(CacheServer.FolderVariable, folder)
            // It has little to do: compiled quickly instead of well, it starts with half the work (docs/latency.md).
            .WithEnvironment("DOTNET_TieredCompilation", "1")
            .WithHealthCheck($"{name}_ping")
            .WithRestarts()
            .ExcludeFromManifest();
    }

    private static string DefaultFolder(IConfiguration configuration) =>
        // With random ports this is a test, which must not touch anybody's conversations.
        configuration.GetValue("DcpPublisher:RandomizePorts", false)
            ? Path.Combine(Path.GetTempPath(), $"speechbot-cache-{Environment.ProcessId}-{Guid.NewGuid():n}")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "SpeechBot", "cache");
}
