namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a project, a process, a container, a parameter.</summary>
public interface IResource
{
    /// <summary>Name, unique in the application.</summary>
    string Name { get; }

    /// <summary>Everything that is known about the resource beyond its name.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Marks a fact about a resource.</summary>
public interface IResourceAnnotation;

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that takes command line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource;
