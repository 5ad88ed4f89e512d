namespace SpeechBot.AppHost.Services;

/// <summary>How often a service tells the dashboard what it measured.</summary>
public static class TelemetryPaceExtensions
{
    private const string MetricsEvery = "5000";
    private const string SpansAndLogsEvery = "3000";

    /// <summary>
    /// Tells the dashboard less often than the second that Aspire sets for development: each time wakes the service, the dashboard and
    /// their connection, on the cores that an answer may be waiting for (docs/latency.md). The values are in milliseconds.
    /// </summary>
    public static IResourceBuilder<T> WithCalmTelemetry<T>(this IResourceBuilder<T> service) where T : IResourceWithEnvironment =>
        service.ApplicationBuilder.ExecutionContext.IsPublishMode ? service : service
            .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", MetricsEvery)
            .WithEnvironment("OTEL_BSP_SCHEDULE_DELAY", SpansAndLogsEvery)
            .WithEnvironment("OTEL_BLRP_SCHEDULE_DELAY", SpansAndLogsEvery);
}
