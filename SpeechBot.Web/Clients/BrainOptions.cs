using System.ComponentModel.DataAnnotations;
using SpeechBot.ServiceDefaults.Security;

namespace SpeechBot.Web.Clients;

/// <summary>
/// Which language model answers; the section <c>Llm</c> of the configuration. Any server of OpenAI's chat API can take the place of
/// the bundled one. What is left out follows the model: short answers and a short memory for the starter brain, more for others.
/// </summary>
public sealed class BrainOptions
{
    // "Llm": { "BaseAddress": "http://localhost:11434/v1", "Key": "…", "Model": "qwen2.5:7b" }

    /// <summary>The section's name.</summary>
    public const string Section = "Llm";

    /// <summary>Where the API is, up to and with <c>/v1</c>; null is the bundled <c>llm</c> service.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The API key, where one is asked for.</summary>
    public string Key { get; set; } = "none";

    /// <summary>The model's id; null is the first that the server lists.</summary>
    public string? Model { get; set; }

    /// <summary>The longest answer, in tokens.</summary>
    [Range(1, 8192)]
    public int? MaxReplyTokens { get; set; }

    /// <summary>How many earlier turns the brain is reminded of.</summary>
    [Range(0, 1000)]
    public int? HistoryTurns { get; set; }

    /// <summary>0 always takes the likeliest word; null is the server's choice.</summary>
    [Range(0.0, 2.0)]
    public float? Temperature { get; set; }

    /// <summary>Whether the server understands prefill-only requests (<c>max_completion_tokens: 0</c>), an extension of the bundled service.</summary>
    public bool? Prefill { get; set; }

    internal static readonly Uri Bundled = new("http://llm/v1");

    internal Uri Address => BaseAddress ?? Bundled;

    /// <summary>The key to send: the bundled service asks for the one that all services share, a server elsewhere must never see that one.</summary>
    internal string KeyAmong(ApiKeyOptions shared) => BaseAddress is null && shared.Key.Length > 0 ? shared.Key : Key;

    internal bool CanPrefill => Prefill ?? BaseAddress is null;
}
