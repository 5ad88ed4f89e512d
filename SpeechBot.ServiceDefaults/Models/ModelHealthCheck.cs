using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>Unhealthy, with the reason, until the model is warm (ASP.NET Core answers Degraded with 200, which would count as ready).</summary>
public sealed class ModelHealthCheck(ModelReadiness readiness) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object> { ["stage"] = readiness.Stage, ["seconds"] = Math.Round(readiness.Elapsed.TotalSeconds, 2) };
        if (readiness.Model is { } model)
        {
            data["model"] = model;
        }

        if (readiness.Accelerator is { } accelerator)
        {
            data["accelerator"] = accelerator;
        }

        return Task.FromResult(readiness.IsReady
            ? HealthCheckResult.Healthy("ready", data)
            : HealthCheckResult.Unhealthy(readiness.Stage, data: data));
    }
}
