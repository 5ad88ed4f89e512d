using SpeechBot.Llm.Prompts;

namespace SpeechBot.Llm.Replies;

/// <summary>A request for a reply, checked.</summary>
/// <param name="Turns">The messages, at least one.</param>
/// <param name="MaxTokens">Most tokens of the reply; 0 only reads the messages into the cache.</param>
/// <param name="Sampling">How tokens are drawn.</param>
/// <param name="Stops">Texts that end the reply.</param>
/// <param name="CacheKey">The client's name for the conversation, or null.</param>
internal sealed record ReplyRequest(IReadOnlyList<ChatTurn> Turns, int MaxTokens, SamplingSettings Sampling, IReadOnlyList<string> Stops, string? CacheKey)
{
    /// <summary>Whether only the cache is to be filled, while nobody waits.</summary>
    public bool PrefillOnly => MaxTokens == 0;

    /// <summary>Whether the cache keeps this prompt when room is needed.</summary>
    public bool Pinned { get; init; }

    /// <summary>Whether nothing of what was computed before is used.</summary>
    public bool Fresh { get; init; }
}
