using Microsoft.Extensions.DependencyInjection;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>Registers what a service with one model needs.</summary>
public static class ModelRegistration
{
    /// <summary>Adds the catalog and the store of models, <see cref="ModelReadiness"/> and its health check, named <c>model</c>.</summary>
    public static IServiceCollection AddModelReadiness(this IServiceCollection services)
    {
        services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section);
        services.AddSingleton<ModelFolder>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<ModelDownloader>();
        services.AddSingleton<ModelStore>();
        services.AddSingleton<ModelReadiness>();
        services.AddActivatedSingleton<ModelTelemetry>();
        services.AddHealthChecks().AddCheck<ModelHealthCheck>("model");
        return services;
    }

    /// <summary>Adds the change of model while the service runs, for <see cref="ModelSwitchApi"/>.</summary>
    /// <typeparam name="TModel">The loader of the service's model, which is registered already.</typeparam>
    public static IServiceCollection AddModelSwitch<TModel>(this IServiceCollection services) where TModel : class, ISwitchableModel
    {
        services.AddSingleton<ISwitchableModel>(provider => provider.GetRequiredService<TModel>());
        services.AddSingleton<ModelSwitch>();
        return services;
    }
}
