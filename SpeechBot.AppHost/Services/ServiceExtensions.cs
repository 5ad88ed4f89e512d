using Microsoft.Extensions.Configuration;
using SpeechBot.AppHost.Restart;

namespace SpeechBot.AppHost.Services;

/// <summary>What stt, llm, tts and web have in common.</summary>
public static class ServiceExtensions
{
    /// <summary>The port of every service in its container; ASP.NET's own images use it too.</summary>
    private const int ContainerPort = 8080;

    /// <summary>Adds a service of this solution under the name by which the others find it.</summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var publish = builder.ExecutionContext.IsPublishMode;

        // A launch profile puts an https binding into the manifest that nothing listens on.
        var service = builder.AddProject<TProject>(name, launchProfileName: publish ? null : "http");
        service = publish ? service.WithHttpEndpoint(targetPort: ContainerPort) : service.WithoutProxy().WithoutDotnetRun(new TProject());
        service
            // Counts for the references that come after it: services read these two and no others.
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
            .WithHttpHealthCheck("/health")
            .WithApiKey()
            .WithCalmTelemetry()
            .WithEnvironment("Models__Path", publish ? "/app/models" : Path.GetFullPath("../models", builder.AppHostDirectory))
            .WithUrlForEndpoint("http", url => url.DisplayText = name)
            .WithRestarts();
        return service;
    }

    /// <summary>
    /// Lets others talk to the service itself. By default Aspire stands between as a proxy, and every frame of audio would pass
    /// through it.
    /// </summary>
    private static IResourceBuilder<ProjectResource> WithoutProxy(this IResourceBuilder<ProjectResource> service)
    {
        // Tests start the application beside a running one. Aspire draws ports at random for proxied endpoints only, so here the
        // fixed port goes and any free one takes its place.
        var anyPort = service.ApplicationBuilder.Configuration.GetValue("DcpPublisher:RandomizePorts", false);
        return service.WithEndpoint("http", endpoint =>
        {
            endpoint.IsProxied = false;
            endpoint.Port = anyPort ? null : endpoint.Port;
        });
    }

    /// <summary>
    /// Starts what was built together with this program. Aspire does that with <c>dotnet run --no-build</c>, which reads the project
    /// again before it starts the service, and stays beside it (docs/latency.md). An IDE that debugs starts the project itself.
    /// </summary>
    private static IResourceBuilder<ProjectResource> WithoutDotnetRun(this IResourceBuilder<ProjectResource> service, IProjectMetadata project)
    {
        // The build gives each program a folder of its own, beside this one's.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var name = Path.GetFileNameWithoutExtension(project.ProjectPath);
        var program = Path.GetFullPath(Path.Combine(here.FullName, "..", "..", name, here.Name, $"{name}.dll"));
#pragma warning disable ASPIREEXTENSION001 // Aspire's own integrations for Go, Python and Rust use it.
        return File.Exists(program) ? service.WithLaunchToolArgs(tool => tool.Args.Add(program), ownedByLaunchConfigurationType: "project", showInCommandLine: false) : service;
#pragma warning restore ASPIREEXTENSION001
    }
}
