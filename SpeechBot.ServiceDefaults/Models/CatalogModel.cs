namespace SpeechBot.ServiceDefaults.Models;

/// <summary>A model of <c>models/catalog.json</c>: one that is known to work.</summary>
public sealed record CatalogModel
{
    /// <summary>Its name everywhere: its first file's, without the extension.</summary>
    public required string Id { get; init; }

    /// <summary>What it does: <c>stt</c>, <c>llm</c> or <c>tts</c>; <c>vad</c>, <c>turn</c> and <c>g2p</c> are the bundled helpers.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Its licence, or where that can be read.</summary>
    public required string Licence { get; init; }

    /// <summary>Two letters for each language; <c>multilingual</c> for many.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Resident memory that it takes once it is loaded, where that was measured; in megabytes.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>What it needs or is good for, where there is something to say.</summary>
    public string? Note { get; init; }

    /// <summary>Its files; the first is the one that is loaded.</summary>
    public required IReadOnlyList<CatalogFile> Files { get; init; }

    /// <summary>It is part of the repository.</summary>
    public bool IsBundled => Files.All(file => file.Url is null);

    /// <summary>The size of all its files in bytes, where each is known.</summary>
    public long? Size => Files.All(file => file.Size is not null) ? Files.Sum(file => file.Size) : null;
}

/// <summary>A file of a model.</summary>
public sealed record CatalogFile
{
    /// <summary>Where it lies in the model folder, and in the folder of downloads.</summary>
    public required string Path { get; init; }

    /// <summary>Where it comes from; null where it is part of the repository.</summary>
    public Uri? Url { get; init; }

    /// <summary>Its size in bytes, where that is known.</summary>
    public long? Size { get; init; }

    /// <summary>Its SHA-256 in hexadecimal digits, where that is known; else the hub's own is taken when it is downloaded.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Its MD5, where its publisher states no better checksum.</summary>
    public string? Md5 { get; init; }
}
