namespace SpeechBot.Llm.Replies;

/// <summary>What a reply took.</summary>
/// <param name="PromptTokens">Tokens of the prompt.</param>
/// <param name="ReplyTokens">Tokens of the reply.</param>
/// <param name="CachedTokens">Tokens of the prompt that the cache held.</param>
/// <param name="PrefilledTokens">Tokens of the prompt that were computed.</param>
/// <param name="Queue">From the request until it was taken up.</param>
/// <param name="Prefill">From then until the prompt was computed.</param>
/// <param name="FirstToken">From the request to the first token; null where there was none.</param>
/// <param name="Total">From the request to the end.</param>
internal sealed record ReplyStatistics(
    int PromptTokens, int ReplyTokens, int CachedTokens, int PrefilledTokens, TimeSpan Queue, TimeSpan Prefill, TimeSpan? FirstToken, TimeSpan Total);
