using Microsoft.Extensions.Options;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>An id → the path of its file: from the model folder, from earlier downloads, or downloaded now.</summary>
public sealed class ModelStore(ModelFolder folder, ModelCatalog catalog, ModelDownloader downloader, IOptions<ModelsOptions> options)
{
    private static readonly Dictionary<string, string> Patterns = new(StringComparer.Ordinal) { ["stt"] = "*.bin", ["llm"] = "*.gguf", ["tts"] = "*.onnx" };

    private readonly ModelsOptions _options = options.Value;

    /// <summary>The folder of downloads; null where this user has none and none is configured.</summary>
    public string? Downloads { get; } = options.Value.Downloads is { Length: > 0 } configured ? Path.GetFullPath(configured)
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } user
        ? Path.Combine(user, "SpeechBot", "models") : null;

    /// <summary>The path of the model that the configuration chooses, once it is there.</summary>
    /// <param name="kind">stt, llm or tts.</param>
    /// <param name="path">A path that was configured by hand, which goes before everything else; or null.</param>
    /// <param name="setting">The setting of that path, for messages.</param>
    /// <param name="report">Told what is going on, in words.</param>
    /// <param name="cancellationToken">Ends a download; what is there of it is kept for the next time.</param>
    /// <exception cref="ModelLoadException">There is no such model, or it cannot be had.</exception>
    public Task<string> ChosenAsync(string kind, string? path, string setting, Action<string> report, CancellationToken cancellationToken) =>
        path is { Length: > 0 } ? Task.FromResult(folder.Resolve(path, setting)) : GetAsync(Chosen(kind), report, cancellationToken);

    /// <summary>The models of a kind: those of the catalog in its order, then what else lies in the folders.</summary>
    public IReadOnlyList<StoredModel> List(string kind)
    {
        var known = catalog.Models.Where(model => model.Kind == kind).Select(model => new StoredModel(model.Id, Present(model), model)).ToList();
        var others = Folders.Select(root => Path.Combine(root, kind)).Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateFiles(root, Patterns[kind]).Order(StringComparer.Ordinal))
            .Select(file => new StoredModel(Path.GetFileNameWithoutExtension(file), file, null))
            .Where(found => known.TrueForAll(model => model.Id != found.Id));
        return [.. known, .. others.DistinctBy(found => found.Id)];
    }

    /// <summary>The path of a model, once all of its files are there.</summary>
    /// <exception cref="ModelLoadException">It cannot be had; the message says why and what to do.</exception>
    public async Task<string> GetAsync(StoredModel model, Action<string> report, CancellationToken cancellationToken)
    {
        if (model.Path is { } present)
        {
            return present;
        }

        foreach (var file in model.Entry!.Files.Where(file => Find(file) is null))
        {
            var path = file.Url is null
                ? throw new ModelLoadException($"'{file.Path}' belongs to the starter models but is not in '{folder.Path}'. Fetch the repository again, or set Models:Path to the folder that has it.", file.Path)
                : Path.Combine(Downloads ?? throw new ModelLoadException("This user has no folder for downloads. Set Models:Downloads to one that can be written."), file.Path);
            await downloader.DownloadAsync(file, path, report, cancellationToken);
        }

        return Find(model.Entry.Files[0])!;
    }

    private IEnumerable<string> Folders => Downloads is null ? [folder.Path] : [folder.Path, Downloads];

    private StoredModel Chosen(string kind)
    {
        var byHand = _options.Of(kind);
        var id = byHand ?? FromProfile(kind);
        var models = List(kind);
        return models.FirstOrDefault(model => string.Equals(model.Id, id, StringComparison.OrdinalIgnoreCase))
            ?? throw new ModelLoadException($"There is no {kind} model '{id}' ({(byHand is null ? $"profile {_options.Profile}" : ModelsOptions.SettingOf(kind))}). Known: {string.Join(", ", models.Select(model => model.Id))}. Another file can be named by its path; docs/models.md tells how.");
    }

    private string FromProfile(string kind) => catalog.Profiles.TryGetValue(_options.Profile, out var profile) && profile.TryGetValue(kind, out var id) ? id
        : throw new ModelLoadException($"Models:Profile is '{_options.Profile}'; it is one of {string.Join(", ", catalog.Profiles.Keys)}.");

    private string? Present(CatalogModel model) => model.Files.All(file => Find(file) is not null) ? Find(model.Files[0]) : null;

    private string? Find(CatalogFile file) => Folders.Select(root => Path.Combine(root, file.Path)).FirstOrDefault(File.Exists);
}
