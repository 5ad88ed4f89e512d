using System.Text.RegularExpressions;
using SpeechBot.Web.Clients;

namespace SpeechBot.Web.Conversations;

/// <summary>Which language model answers.</summary>
public sealed partial class BrainInfo(BrainCatalogClient catalog)
{
    private const string StarterName = "SmolLM2-135M";

    /// <summary>The model's id; null until it is known.</summary>
    public string? Name { get; private set; }

    /// <summary>How big it is, such as "135 M"; null when its name does not tell.</summary>
    public string? Parameters => Name is not null && Size().Match(Name) is { Success: true } size ? $"{size.Groups[1].Value} {size.Groups[2].Value.ToUpperInvariant()}" : null;

    /// <summary>It is the bundled starter brain, which is quick, fluent and often wrong: the page says so.</summary>
    public bool IsStarter => Name?.Contains(StarterName, StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Asks the server for its model, unless it is known already.</summary>
    /// <exception cref="HttpRequestException">The brain is away.</exception>
    public async Task LearnAsync(CancellationToken cancellationToken) => Name ??= await catalog.FindModelAsync(cancellationToken);

    /// <summary>Forgets the model, because the server was away and may come back with another.</summary>
    internal void Forget() => Name = null;

    [GeneratedRegex(@"(?<![\d.])(\d+(?:\.\d+)?)[ -]?([bm])(?![a-z0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
