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
            ProjectResource project => Project(project, await LaunchAsync(project, cancellationToken).ConfigureAwait(false), arguments, environment),
            ExecutableResource executable => new ResourceStartInfo(executable.Command, arguments, executable.WorkingDirectory, environment),
            ContainerResource container => ContainerCommand.For(container, arguments, environment, builder.AppHostDirectory),
            _ => throw new NotSupportedException($"A resource of type {resource.GetType().Name} cannot be started."),
        };
    }

    public ResourceProcess Start(ResourceStartInfo what, Action<string, bool> line) => ResourceProcess.Start(what, guard, line);

    private static ResourceStartInfo Project(ProjectResource resource, IEnumerable<string> launch, IEnumerable<string> arguments, Dictionary<string, string> environment) =>
        // The project's folder, as `dotnet run` does: there the service finds its appsettings.json and wwwroot.
        new("dotnet", [.. launch, .. arguments], Path.GetDirectoryName(PathOf(resource))!, environment);

    private static string PathOf(ProjectResource resource) => resource.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;

    private async Task<IEnumerable<string>> LaunchAsync(ProjectResource resource, CancellationToken cancellationToken)
    {
        if (!resource.TryGetLastAnnotation<LaunchToolArgsCallbackAnnotation>(out var tool))
        {
            return [Built(resource)];
        }

        var context = new CommandLineArgsCallbackContext(new List<object>(), resource, cancellationToken);
        tool.Callback(context);
        return await Task.WhenAll(context.Args.Select(argument => ResolveAsync(argument, cancellationToken).AsTask())).ConfigureAwait(false);
    }

    private string Built(ProjectResource resource)
    {
        var path = PathOf(resource);
        var target = AppHostMetadata.Of(builder.AppHostAssembly, $"ProjectTarget:{path}");
        if (target is null || !File.Exists(target))
        {
            throw new DistributedApplicationException($"The project of '{resource.Name}' has not been built: there is no {target ?? path}. Build the solution ('dotnet build'), then start again.");
        }

        return target;
    }

    private static async ValueTask<string> ResolveAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "",
        var other => other.ToString() ?? "",
    };
}
