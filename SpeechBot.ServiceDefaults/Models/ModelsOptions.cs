namespace SpeechBot.ServiceDefaults.Models;

/// <summary>Which models are used and where they come from; the section <c>Models</c> of the configuration, the same for all services.</summary>
public sealed class ModelsOptions
{
    // "Models": { "Profile": "laptop", "Llm": "Llama-3.2-3B-Instruct-Q4_K_M", "Downloads": "/data/models" }

    /// <summary>The section's name.</summary>
    public const string Section = "Models";

    /// <summary>A set of models that the catalog names: starter, laptop or desktop.</summary>
    public string Profile { get; set; } = ModelCatalog.StarterProfile;

    /// <summary>The id of the model that hears, in place of the profile's.</summary>
    public string? Stt { get; set; }

    /// <summary>The id of the model that thinks, in place of the profile's.</summary>
    public string? Llm { get; set; }

    /// <summary>The id of the voice, in place of the profile's.</summary>
    public string? Tts { get; set; }

    /// <summary>Where downloaded models are kept; empty for a folder of the user's own.</summary>
    public string Downloads { get; set; } = "";

    /// <summary>A mirror that serves the same paths as the hub, such as <c>https://mirror.example/</c>; null for the hub itself.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>How often a download that breaks off is taken up again.</summary>
    public int Attempts { get; set; } = 5;

    /// <summary>How long to wait before it is taken up again, in seconds.</summary>
    public double RetrySeconds { get; set; } = 2;

    /// <summary>How long a server may send nothing before the connection counts as broken, in seconds.</summary>
    public double StallSeconds { get; set; } = 30;

    /// <summary>The setting that chooses a kind of model by hand.</summary>
    public static string SettingOf(string kind) => $"{Section}:{char.ToUpperInvariant(kind[0])}{kind[1..]}";

    /// <summary>The id that was chosen by hand for a kind of model, or null.</summary>
    public string? Of(string kind) => kind switch
    {
        "stt" => Stt,
        "llm" => Llm,
        "tts" => Tts,
        _ => null,
    } is { Length: > 0 } id ? id : null;
}
