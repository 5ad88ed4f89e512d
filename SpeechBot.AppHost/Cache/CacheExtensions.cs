namespace SpeechBot.AppHost.Cache;

/// <summary>Chooses the cache.</summary>
public static class CacheExtensions
{
    /// <summary>
    /// Adds the cache. When developing, the setting Cache (auto, container or embedded) chooses; for a deployment it is always
    /// Redis in a container.
    /// </summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddCache(this IDistributedApplicationBuilder builder, string name)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddRedis(name).WithDataVolume("cache-data").WithPersistence().RunsUnderImageEntrypoint();
        }

        var setting = builder.Configuration["Cache"] ?? nameof(CacheKind.Auto);
        if (!Enum.TryParse<CacheKind>(setting, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
        {
            throw new DistributedApplicationException($"Cache is '{setting}', and must be auto, container or embedded.");
        }

        return kind == CacheKind.Container || (kind == CacheKind.Auto && ContainerEngine.IsRunning())
            ? builder.AddRedis(name).WithDataVolume("speechbot-cache-data")
            : builder.AddEmbeddedCache(name);
    }

    /// <summary>
    /// Starts Redis by the image's own entrypoint, which drops root, and not by Aspire's shell command, which aspirate turns into
    /// a crash loop. The argument holds no $, quote, =, &amp; or angle bracket: aspirate or compose would change them.
    /// </summary>
    private static IResourceBuilder<RedisResource> RunsUnderImageEntrypoint(this IResourceBuilder<RedisResource> redis)
    {
        redis.Resource.Entrypoint = null;
        return redis.WithArgs(context =>
        {
            context.Args.Clear();
            context.Args.Add("sh");
            context.Args.Add("-c");
            context.Args.Add(@"printenv REDIS_PASSWORD | sed -n s/^/requirepass\ /w/tmp/auth.conf; exec docker-entrypoint.sh redis-server /tmp/auth.conf --save 60 1");
        });
    }
}
