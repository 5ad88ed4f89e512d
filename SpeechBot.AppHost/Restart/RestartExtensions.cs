using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SpeechBot.AppHost.Restart;

/// <summary>Starting crashed resources again, which Aspire leaves to people.</summary>
public static class RestartExtensions
{
    /// <summary>Starts the resource again when it crashes.</summary>
    public static IResourceBuilder<T> WithRestarts<T>(this IResourceBuilder<T> resource, int tries = 3) where T : IResource =>
        resource.WithAnnotation(new RestartAnnotation(tries), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Watches over the resources that ask for it.</summary>
    public static IDistributedApplicationBuilder AddRestarts(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddHostedService<CrashRecovery>();
        }

        return builder;
    }
}
