namespace SpeechBot.ServiceDefaults.Models;

/// <summary>A service's model that can be replaced while it serves.</summary>
public interface ISwitchableModel
{
    /// <summary>The kind of model: llm or tts.</summary>
    string Kind { get; }

    /// <summary>
    /// Loads another model while the one before serves, and then lets it take over. Whoever is being served is served to the end by the
    /// model that began. When this throws, nothing has changed.
    /// </summary>
    /// <param name="path">The model's file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ModelLoadException">The file cannot be used.</exception>
    Task SwitchAsync(string path, CancellationToken cancellationToken);
}
