namespace SpeechBot.AppHost.Services;

/// <summary>The key that guards the services where they are open to a network.</summary>
public static class ApiKeyExtensions
{
    private const string Name = "api-key";

    /// <summary>Asks for the key in a deployment. While developing everything listens on loopback only, and needs none.</summary>
    public static void AddApiKey(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            builder.AddParameter(Name, secret: true);
        }
    }

    /// <summary>Hands the key to a service, where there is one.</summary>
    public static IResourceBuilder<T> WithApiKey<T>(this IResourceBuilder<T> service) where T : IResourceWithEnvironment =>
        service.ApplicationBuilder.Resources.TryGetByName(Name, out var key)
            ? service.WithEnvironment("Api__Key", service.ApplicationBuilder.CreateResourceBuilder((ParameterResource)key))
            : service;
}
