using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard listens, from the settings that Aspire has for it.</summary>
internal static class DashboardAddresses
{
    public static string Page(IConfiguration configuration) => Set(configuration["ASPNETCORE_URLS"])?.Split(';')[0].TrimEnd('/') ?? "http://localhost:18888";

    public static string? Grpc(IConfiguration configuration) => Set(configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"]) ?? Set(configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"]);

    public static string? Http(IConfiguration configuration) => Set(configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]) ?? Set(configuration["DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]);

    /// <summary>Where the services send their telemetry: gRPC where both are open, as Aspire has it.</summary>
    public static (string Endpoint, string Protocol) Otlp(IConfiguration configuration) => (Grpc(configuration), Http(configuration)) switch
    {
        ({ } grpc, _) => (grpc, "grpc"),
        (null, { } http) => (http, "http/protobuf"),
        _ => ("http://localhost:4317", "grpc"),
    };

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
