using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>References between resources.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource the connection string of another as ConnectionStrings__name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false) where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        if (builder.Injected().HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
        {
            builder.WithEnvironment(context => context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName ?? resource.Name}"] = resource);
        }

        return builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, "Reference"));
    }

    /// <summary>Lets the resource find another by its name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source) where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var injected = builder.Injected();
        builder.WithEnvironment(context =>
        {
            foreach (var endpoint in resource.GetEndpoints())
            {
                if (injected.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
                {
                    context.EnvironmentVariables[$"{resource.Name}_{endpoint.EndpointName}".Replace('-', '_').ToUpperInvariant()] = endpoint;
                }

                if (injected.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
                {
                    context.EnvironmentVariables[$"services__{resource.Name}__{endpoint.EndpointName}__0"] = endpoint;
                }
            }
        });

        return builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, "Reference"));
    }

    /// <summary>Narrows what the references that come after it give.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags) where TDestination : IResourceWithEnvironment =>
        builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags), ResourceAnnotationMutationBehavior.Replace);

    private static ReferenceEnvironmentInjectionFlags Injected<T>(this IResourceBuilder<T> builder) where T : IResource =>
        builder.Resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var narrowed) ? narrowed.Flags : ReferenceEnvironmentInjectionFlags.All;
}
