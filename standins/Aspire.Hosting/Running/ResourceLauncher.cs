using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Works out what has to be started for a resource, and starts it.</summary>
internal sealed class ResourceLauncher(IDistributedApplicationBuilder builder, DistributedApplicationExecutionContext execution, ProcessGuard guard)
{
    public static bool CanLaunch(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    public async Task<ResourceStartInfo> PrepareAsync(IResource resource, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in await resource.GetEnvironmentAsync(execution, cancellationToken).ConfigureAwait(false))
        {
            environment[name] = await ResolveAsync(value, cancellationToken).ConfigureAwait(false);
        }

        var arguments = new List<string>();
        foreach (var argument in await resource.GetArgumentsAsync(execution, cancellationToken).ConfigureAwait(false))
        {
            arguments.Add(await ResolveAsync(argument, cancellationToken).ConfigureAwait(false));
        }

        return resource switch
        {
            ProjectResource project => Project(project, arguments, environment),
            ExecutableResource executable => new ResourceStartInfo(executable.Command, arguments, executable.WorkingDirectory, environment),
            ContainerResource container => ContainerCommand.For(container, arguments, environment, builder.AppHostDirectory),
            _ => throw new NotSupportedException($"A resource of type {resource.GetType().Name} cannot be started."),
        };
    }

    public ResourceProcess Start(ResourceStartInfo what, Action<string, bool> line) => ResourceProcess.Start(what, guard, line);

    private ResourceStartInfo Project(ProjectResource resource, IReadOnlyList<string> arguments, Dictionary<string, string> environment)
    {
        var path = resource.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;
        var target = AppHostMetadata.Of(builder.AppHostAssembly, $"ProjectTarget:{path}");
        if (target is null || !File.Exists(target))
        {
            throw new DistributedApplicationException($"The project of '{resource.Name}' has not been built: there is no {target ?? path}. Build the solution ('dotnet build'), then start again.");
        }

        // The project's folder, as `dotnet run` does: there the service finds its appsettings.json and wwwroot.
        return new ResourceStartInfo("dotnet", [target, .. arguments], Path.GetDirectoryName(path)!, environment);
    }

    private static async ValueTask<string> ResolveAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "",
        var other => other.ToString() ?? "",
    };
}
