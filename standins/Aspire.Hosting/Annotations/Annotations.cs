namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource starts only when another is ready.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Ready in what sense.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>The exit code that counts as completed.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>What is waited for.</summary>
public enum WaitType
{
    /// <summary>Running and healthy.</summary>
    WaitUntilHealthy,

    /// <summary>Ended.</summary>
    WaitForCompletion,

    /// <summary>Running.</summary>
    WaitUntilStarted,
}

/// <summary>Names a health check that tells how the resource is.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The check's name among the registered ones.</summary>
    public string Key { get; } = key;
}

/// <summary>A line between two resources in the dashboard's graph.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Reference, WaitFor or Parent.</summary>
    public string Type { get; } = type;
}

/// <summary>Writes the resource into the manifest, or leaves it out.</summary>
public class ManifestPublishingCallbackAnnotation(Func<Publishing.ManifestPublishingContext, Task>? callback) : IResourceAnnotation
{
    /// <summary>Leaves the resource out.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new(null);

    /// <summary>Writes it; null leaves it out.</summary>
    public Func<Publishing.ManifestPublishingContext, Task>? Callback { get; } = callback;
}

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>Registry, or null.</summary>
    public string? Registry { get; set; }

    /// <summary>Image.</summary>
    public required string Image { get; set; }

    /// <summary>Tag, or null.</summary>
    public string? Tag { get; set; }
}

/// <summary>A volume of a container.</summary>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>Volume or folder; null means one without a name.</summary>
    public string? Source { get; } = source;

    /// <summary>Folder in the container.</summary>
    public string Target { get; } = target;

    /// <summary>Volume or folder.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>True when the container may not write.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>What is mounted.</summary>
public enum ContainerMountType
{
    /// <summary>A folder of the host.</summary>
    BindMount,

    /// <summary>A volume of the container engine.</summary>
    Volume,
}

/// <summary>Which variables a reference gives to the one who refers.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>ConnectionStrings__name.</summary>
    ConnectionString = 1,

    /// <summary>NAME_HOST, NAME_PORT and the like.</summary>
    ConnectionProperties = 2,

    /// <summary>services__name__http__0.</summary>
    ServiceDiscovery = 4,

    /// <summary>NAME_HTTP.</summary>
    Endpoints = 8,

    /// <summary>All of them.</summary>
    All = 15,
}

/// <summary>Narrows what references give; counts for the references that are added after it.</summary>
public sealed class ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) : IResourceAnnotation
{
    /// <summary>What is given.</summary>
    public ReferenceEnvironmentInjectionFlags Flags { get; } = flags;
}

internal sealed class LaunchProfileAnnotation(string name, LaunchProfile profile) : IResourceAnnotation
{
    public string Name => name;

    public LaunchProfile Profile => profile;
}
