using YamlDotNet.RepresentationModel;

namespace SpeechBot.Tests.Deployment;

/// <summary>A compose file of deploy/, as it is written.</summary>
internal sealed class ComposeFile
{
    private readonly YamlMappingNode _services;

    private ComposeFile(YamlMappingNode services) => _services = services;

    /// <summary>The folder with the deployment.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Projects.SpeechBot_AppHost.ProjectPath, "..", "deploy"));

    public IEnumerable<string> Services => _services.Children.Keys.Select(key => key.ToString());

    public static ComposeFile Read(string name) => new((YamlMappingNode)Load(name)["services"]);

    public static YamlNode Load(string name)
    {
        using var reader = File.OpenText(Path.Combine(Folder, name));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return yaml.Documents[0].RootNode;
    }

    public YamlNode? Of(string service, string key) =>
        ((YamlMappingNode)_services[service]).Children.TryGetValue(key, out var value) ? value : null;

    public Dictionary<string, string> Environment(string service) =>
        ((YamlMappingNode)_services[service]["environment"]).Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());
}
