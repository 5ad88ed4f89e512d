using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SpeechBot.AppHost.Startup;

/// <summary>Looks for ports that are in use before anything starts, because a service that cannot listen only crashes, three times.</summary>
public static class PortCheck
{
    /// <summary>True when every fixed port is free; else says on the error stream which is not, and what to do.</summary>
    public static bool HasFreePorts(this DistributedApplication app)
    {
        var taken = app.FindTakenPorts();
        foreach (var port in taken)
        {
            Console.Error.WriteLine(port.Advice);
        }

        return taken.Count == 0;
    }

    /// <summary>The fixed ports of services and dashboard that are in use.</summary>
    public static IReadOnlyList<TakenPort> FindTakenPorts(this DistributedApplication app)
    {
        if (app.Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
        {
            return [];
        }

        var services =
            from resource in app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
            where endpoint is { Port: > 0, IsProxied: false }
            let folder = resource.TryGetLastAnnotation<IProjectMetadata>(out var project) ? Path.GetFileName(Path.GetDirectoryName(project.ProjectPath)) : "SpeechBot.AppHost"
            select new TakenPort(endpoint.Port ?? 0, resource.Name, $"{folder}/Properties/launchSettings.json");
        return [.. services.Concat(Dashboard(app.Services.GetRequiredService<IConfiguration>())).Where(port => IsTaken(port.Port))];
    }

    private static IEnumerable<TakenPort> Dashboard(IConfiguration configuration)
    {
        if (configuration.GetValue("DcpPublisher:RandomizePorts", false))
        {
            return [];
        }

        return
            from key in (string[])["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]
            from address in (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
            where Uri.TryCreate(address, UriKind.Absolute, out _)
            select new TakenPort(new Uri(address).Port, "the dashboard", $"SpeechBot.AppHost/Properties/launchSettings.json ({key})");
    }

    private static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
