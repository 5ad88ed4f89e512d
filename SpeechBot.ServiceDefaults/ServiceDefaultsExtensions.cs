using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SpeechBot.ServiceDefaults.Health;
using SpeechBot.ServiceDefaults.Http;
using SpeechBot.ServiceDefaults.Telemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every SpeechBot service shares: telemetry, health, service discovery and HTTP resilience.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>The tag of checks that tell whether the process lives, as opposed to whether it can work.</summary>
    public const string LiveTag = "live";

    /// <summary>Adds telemetry over OTLP, the default health check, service discovery and the resilience of <see cref="InferenceHttp"/>.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.QuietFrameworks();
        builder.AddTelemetry();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddServiceDiscovery();
            http.AddInferenceResilience();
        });
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (everything, with reasons, as JSON) and <c>/alive</c> (the process only) in every environment:
    /// compose and Kubernetes probe them in Production, without a key.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthJson.WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag), ResponseWriter = HealthJson.WriteAsync }).AllowAnonymous();
        return app;
    }
}
