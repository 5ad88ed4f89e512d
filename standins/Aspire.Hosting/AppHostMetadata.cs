using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build wrote into the assembly that describes the application (Aspire.Hosting.targets).</summary>
internal static class AppHostMetadata
{
    public static string? Of(Assembly? assembly, string key) =>
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(m => string.Equals(m.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
