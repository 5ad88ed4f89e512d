using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Asks an address; the status that was expected means healthy.</summary>
internal sealed class HttpHealthCheck(IHttpClientFactory clients, Func<Uri> address, int expected) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = clients.CreateClient("health");
            using var response = await client.GetAsync(address(), cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode == expected
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{address()} answers {(int)response.StatusCode}, and {expected} was expected.");
        }
        catch (HttpRequestException failure)
        {
            return HealthCheckResult.Unhealthy($"{address()} does not answer: {failure.Message}");
        }
    }
}
