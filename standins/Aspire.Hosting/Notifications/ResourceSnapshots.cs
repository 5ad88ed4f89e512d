namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known about a resource before it starts.</summary>
internal static class ResourceSnapshots
{
    public static CustomResourceSnapshot First(IResource resource) => new()
    {
        ResourceType = resource switch
        {
            ProjectResource => "Project",
            ContainerResource => "Container",
            ParameterResource => "Parameter",
            ExecutableResource => "Executable",
            _ => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
        },
        Properties = resource is ProjectResource && resource.TryGetLastAnnotation<IProjectMetadata>(out var project)
            ? [new ResourcePropertySnapshot("project.path", project.ProjectPath)]
            : [],
        Relationships = [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(line => new RelationshipSnapshot(line.Resource.Name, line.Type)).Distinct()],
        CreationTimeStamp = DateTime.UtcNow,
    };
}
