using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>A profile of Properties/launchSettings.json.</summary>
public sealed class LaunchProfile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Addresses, divided by semicolons.</summary>
    public string? ApplicationUrl { get; set; }

    /// <summary>Arguments.</summary>
    public string? CommandLineArgs { get; set; }

    /// <summary>Environment variables.</summary>
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];

    internal static Dictionary<string, LaunchProfile> ReadAll(string projectDirectory)
    {
        var file = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<Settings>(File.ReadAllText(file), Json)?.Profiles ?? [] : [];
    }

    private sealed class Settings
    {
        public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
    }
}
