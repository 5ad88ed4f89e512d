using System.Text.Json.Serialization;

namespace SpeechBot.Llm.Replies;

/// <summary>The answer of <c>POST /v1/chat/completions</c>.</summary>
public sealed record ChatResponse(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("choices")] IReadOnlyList<ChatChoice> Choices,
    [property: JsonPropertyName("usage")] ChatUsage Usage,
    [property: JsonPropertyName("speechbot")] ChatTimings SpeechBot)
{
    /// <summary>Always <c>chat.completion</c>.</summary>
    [JsonPropertyName("object")]
    public string Object { get; } = "chat.completion";
}

/// <summary>The one reply.</summary>
public sealed record ChatChoice(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("message")] ChatReply Message,
    [property: JsonPropertyName("finish_reason")] string FinishReason);

/// <summary>What the model said.</summary>
public sealed record ChatReply([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("content")] string Content);

/// <summary>Tokens in and out.</summary>
public sealed record ChatUsage(
    [property: JsonPropertyName("prompt_tokens")] int PromptTokens,
    [property: JsonPropertyName("completion_tokens")] int CompletionTokens,
    [property: JsonPropertyName("total_tokens")] int TotalTokens,
    [property: JsonPropertyName("prompt_tokens_details")] ChatPromptDetails PromptTokensDetails);

/// <summary>What of the prompt the cache held.</summary>
public sealed record ChatPromptDetails([property: JsonPropertyName("cached_tokens")] int CachedTokens);

/// <summary>An extension: where the time went, in milliseconds.</summary>
/// <param name="QueueMs">Until the request was taken up.</param>
/// <param name="PrefillMs">From then until the prompt was computed.</param>
/// <param name="FirstTokenMs">From the request to the first token; null where there was none.</param>
/// <param name="CachedTokens">Tokens of the prompt that the cache held.</param>
/// <param name="PrefilledTokens">Tokens of the prompt that were computed.</param>
public sealed record ChatTimings(
    [property: JsonPropertyName("queue_ms")] double QueueMs,
    [property: JsonPropertyName("prefill_ms")] double PrefillMs,
    [property: JsonPropertyName("first_token_ms")] double? FirstTokenMs,
    [property: JsonPropertyName("cached_tokens")] int CachedTokens,
    [property: JsonPropertyName("prefilled_tokens")] int PrefilledTokens);

/// <summary>One server-sent event of a streamed reply.</summary>
public sealed record ChatChunk(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("choices")] IReadOnlyList<ChatChunkChoice> Choices)
{
    /// <summary>Always <c>chat.completion.chunk</c>.</summary>
    [JsonPropertyName("object")]
    public string Object { get; } = "chat.completion.chunk";

    /// <summary>In the last chunk, where it was asked for.</summary>
    [JsonPropertyName("usage")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChatUsage? Usage { get; init; }

    /// <summary>In the last chunk, where it was asked for.</summary>
    [JsonPropertyName("speechbot")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChatTimings? SpeechBot { get; init; }
}

/// <summary>The next piece of the one reply.</summary>
public sealed record ChatChunkChoice(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("delta")] ChatDelta Delta,
    [property: JsonPropertyName("finish_reason")] string? FinishReason);

/// <summary>What is new.</summary>
public sealed record ChatDelta(
    [property: JsonPropertyName("role"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role = null,
    [property: JsonPropertyName("content"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content = null);
