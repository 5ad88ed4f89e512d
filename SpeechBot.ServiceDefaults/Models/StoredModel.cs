namespace SpeechBot.ServiceDefaults.Models;

/// <summary>A model that can be used here: it is in the catalog, or its file lies in one of the folders.</summary>
/// <param name="Id">Its name: the file's, without the extension.</param>
/// <param name="Path">Its file, or null where it has to be downloaded first.</param>
/// <param name="Entry">What the catalog says of it, or null.</param>
public sealed record StoredModel(string Id, string? Path, CatalogModel? Entry)
{
    /// <summary>Its size in bytes, where that is known.</summary>
    public long? Size => Path is { } path ? new FileInfo(path).Length : Entry?.Size;
}
