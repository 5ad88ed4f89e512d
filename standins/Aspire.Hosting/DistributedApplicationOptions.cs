namespace Aspire.Hosting;

/// <summary>How the application host itself behaves.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>Command line arguments.</summary>
    public string[]? Args { get; set; }

    /// <summary>Name of the assembly that describes the application; null means the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>True when no dashboard is wanted.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>True when the resources' lines go to the host's own log.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Folder of the project that describes the application; null means the one that was built.</summary>
    public string? ProjectDirectory { get; set; }
}
