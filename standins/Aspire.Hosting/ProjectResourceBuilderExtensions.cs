using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project with its default launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name) where TProject : IProjectMetadata, new() =>
        Add(builder, name, new TProject(), builder.Configuration["AppHost:DefaultLaunchProfileName"] ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"], excludeLaunchProfile: false);

    /// <summary>Adds a project with the named launch profile; null means none.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName) where TProject : IProjectMetadata, new() =>
        Add(builder, name, new TProject(), launchProfileName, excludeLaunchProfile: launchProfileName is null);

    private static IResourceBuilder<ProjectResource> Add(IDistributedApplicationBuilder builder, string name, IProjectMetadata project, string? profileName, bool excludeLaunchProfile)
    {
        var resource = builder.AddResource(new ProjectResource(name)).WithAnnotation(project);
        var profiles = excludeLaunchProfile ? [] : LaunchProfile.ReadAll(Path.GetDirectoryName(project.ProjectPath)!);
        var chosen = profileName is not null && profiles.TryGetValue(profileName, out var named)
            ? KeyValuePair.Create(profileName, named)
            : profiles.FirstOrDefault();
        if (chosen.Value is { } profile)
        {
            resource.WithAnnotation(new LaunchProfileAnnotation(chosen.Key, profile));
        }

        return builder.ExecutionContext.IsPublishMode ? resource.ForPublishing() : resource.ForRunning(chosen.Key, chosen.Value);
    }

    private static IResourceBuilder<ProjectResource> ForRunning(this IResourceBuilder<ProjectResource> resource, string? profileName, LaunchProfile? profile)
    {
        foreach (var address in (profile?.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => new Uri(url)).DistinctBy(url => url.Scheme))
        {
            resource.WithEndpoint(address.Scheme, endpoint =>
            {
                endpoint.UriScheme = address.Scheme;
                endpoint.Transport = "http";
                endpoint.Port = address.Port;
                endpoint.TargetHost = address.Host;
            });
        }

        return resource.WithEnvironment(context => ProjectEnvironment.Add(context, resource.ApplicationBuilder, profileName, profile));
    }

    private static IResourceBuilder<ProjectResource> ForPublishing(this IResourceBuilder<ProjectResource> resource) => resource.WithEnvironment(context =>
    {
        context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        var endpoints = context.Resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        if (endpoints.Length == 0)
        {
            return;
        }

        context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        foreach (var endpoint in endpoints.Where(e => e.UriScheme is "http" or "https"))
        {
            context.EnvironmentVariables[$"{endpoint.UriScheme.ToUpperInvariant()}_PORTS"] = new EndpointReference(resource.Resource, endpoint.Name).Property(EndpointProperty.TargetPort);
        }
    });
}
