using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SpeechBot.AppHost.Lan;

/// <summary>Opens the page to the devices of the local network, because a phone's microphone needs https and cannot reach localhost.</summary>
public static class LanExtensions
{
    private const string ApiKey = "Api:Key";
    private const string ApiKeys = "Api:Keys";
    private const int DefaultPort = 5443;

    /// <summary>
    /// With the setting Lan:Enabled (the launch profile "lan" has it) the page answers the network too: over https, and behind a key.
    /// Api:Keys:anna and the like give each person a key; without any, one is made and kept. The engines stay on loopback.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithLan(this IResourceBuilder<ProjectResource> web)
    {
        var builder = web.ApplicationBuilder;
        var settings = builder.Configuration;
        if (builder.ExecutionContext.IsPublishMode || !settings.GetValue("Lan:Enabled", false))
        {
            return web;
        }

        var port = settings.GetValue("Lan:Port", DefaultPort);
        var hosts = LanHosts.Find();
        var folder = settings["Lan:Folder"] ?? DefaultFolder();
        web.WithEnvironment("Lan__Enabled", "true")
            .WithEnvironment("Lan__Port", port.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("Lan__Hosts", string.Join(';', hosts))
            .WithEnvironment("Lan__Folder", folder);

        var persons = settings.GetSection(ApiKeys).GetChildren().Where(person => !string.IsNullOrEmpty(person.Value)).ToArray();
        foreach (var person in persons)
        {
            web.WithEnvironment($"Api__Keys__{person.Key}", person.Value);
        }

        var shared = settings[ApiKey] is { Length: > 0 } chosen ? chosen : persons.Length == 0 ? LanKey.Keep(folder) : null;
        if (shared is not null)
        {
            web.WithEnvironment("Api__Key", shared);
        }

        return web.OnResourceReady((_, _, _) =>
        {
            LanAnnouncement.Write(Console.Out, new Uri($"https://{hosts[0]}:{port}"), shared);
            return Task.CompletedTask;
        });
    }

    private static string DefaultFolder() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "SpeechBot", "lan");
}
