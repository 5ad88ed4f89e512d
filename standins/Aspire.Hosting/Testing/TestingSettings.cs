using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The settings that an application has under a test, where the test does not say otherwise.</summary>
internal static class TestingSettings
{
    public static void Add(Assembly appHost, HostApplicationBuilderSettings settings, bool before)
    {
        var given = new ConfigurationManager();
        given.AddConfiguration(settings.Configuration!);
        given.AddCommandLine(settings.Args ?? []);
        var defaults = before ? BeforeTest() : LaunchProfileOf(appHost, given);
        settings.Configuration!.AddInMemoryCollection([.. defaults.Where(setting => given[setting.Key] is null)]);
    }

    private static Dictionary<string, string?> BeforeTest() => new()
    {
        ["DcpPublisher:RandomizePorts"] = "true",
        ["ASPNETCORE_URLS"] = "http://localhost:8080",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
    };

    private static Dictionary<string, string?> LaunchProfileOf(Assembly appHost, IConfiguration given)
    {
        var profiles = AppHostMetadata.Of(appHost, "AppHostProjectPath") is { } folder ? LaunchProfile.ReadAll(folder) : [];
        var chosen = given["DOTNET_LAUNCH_PROFILE"] is { } name ? profiles.SingleOrDefault(p => p.Key == name) : profiles.FirstOrDefault();
        var settings = new Dictionary<string, string?>();
        if (chosen.Value is null)
        {
            return settings;
        }

        settings["DOTNET_LAUNCH_PROFILE"] = chosen.Key;
        foreach (var (key, value) in chosen.Value.EnvironmentVariables)
        {
            settings[key] = value;
            foreach (var prefix in new[] { "DOTNET_", "ASPNETCORE_" }.Where(p => key.StartsWith(p, StringComparison.OrdinalIgnoreCase)))
            {
                settings[key[prefix.Length..]] = value;
            }
        }

        return settings;
    }
}
