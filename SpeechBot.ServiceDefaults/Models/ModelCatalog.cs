using System.Text.Json;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// <c>catalog.json</c>: the models that are known to work, and the profiles that choose among them. The file in the model folder counts, so
/// that it can be added to; where there is none, the one that was built in.
/// </summary>
public sealed class ModelCatalog
{
    /// <summary>The file's name.</summary>
    public const string FileName = "catalog.json";

    /// <summary>The profile of the bundled models.</summary>
    public const string StarterProfile = "starter";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private readonly Lazy<Contents> _contents;

    /// <summary>Reads the catalog when it is first asked for something.</summary>
    public ModelCatalog(ModelFolder folder) => _contents = new(() => Read(folder.Path));

    /// <summary>The models.</summary>
    /// <exception cref="ModelLoadException">The file is no catalog.</exception>
    public IReadOnlyList<CatalogModel> Models => _contents.Value.Models;

    /// <summary>By a profile's name, the model's id for each kind.</summary>
    /// <exception cref="ModelLoadException">The file is no catalog.</exception>
    public IReadOnlyDictionary<string, Dictionary<string, string>> Profiles => _contents.Value.Profiles;

    private static Contents Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var stream = File.Exists(path) ? File.OpenRead(path) : BuiltIn();
            return JsonSerializer.Deserialize<Contents>(stream, Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException exception)
        {
            throw new ModelLoadException($"'{path}' cannot be read as a catalog of models: {exception.Message} Repair it, or remove it to use the one that was built in.", path, exception);
        }
    }

    private static Stream BuiltIn() => typeof(ModelCatalog).Assembly.GetManifestResourceStream(FileName)!;

    private sealed record Contents
    {
        public required Dictionary<string, Dictionary<string, string>> Profiles { get; init; }

        public required List<CatalogModel> Models { get; init; }
    }
}
