using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechBot.Llm.Replies;

/// <summary>The body of <c>POST /v1/chat/completions</c>, as OpenAI describes it. What is not here is ignored.</summary>
public sealed record ChatRequest
{
    /// <summary>The model; the one that is served where it is left out.</summary>
    [JsonPropertyName("model")]
    public string? Model { get; init; }

    /// <summary>The conversation, oldest message first.</summary>
    [JsonPropertyName("messages")]
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>Whether the reply comes as server-sent events.</summary>
    [JsonPropertyName("stream")]
    public bool Stream { get; init; }

    /// <summary>What else a stream tells.</summary>
    [JsonPropertyName("stream_options")]
    public ChatStreamOptions? StreamOptions { get; init; }

    /// <summary>Most tokens of the reply. 0 is an extension: the messages are only read into the cache.</summary>
    [JsonPropertyName("max_completion_tokens")]
    public int? MaxCompletionTokens { get; init; }

    /// <summary>The older name of <see cref="MaxCompletionTokens"/>.</summary>
    [JsonPropertyName("max_tokens")]
    public int? MaxTokens { get; init; }

    /// <summary>0 to 2.</summary>
    [JsonPropertyName("temperature")]
    public float? Temperature { get; init; }

    /// <summary>Above 0, up to 1.</summary>
    [JsonPropertyName("top_p")]
    public float? TopP { get; init; }

    /// <summary>-2 to 2.</summary>
    [JsonPropertyName("frequency_penalty")]
    public float? FrequencyPenalty { get; init; }

    /// <summary>-2 to 2.</summary>
    [JsonPropertyName("presence_penalty")]
    public float? PresencePenalty { get; init; }

    /// <summary>An extension: 1 (off) to 2, over the tokens of the reply.</summary>
    [JsonPropertyName("repeat_penalty")]
    public float? RepeatPenalty { get; init; }

    /// <summary>Token ids and what is added to their logits, -100 to 100.</summary>
    [JsonPropertyName("logit_bias")]
    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }

    /// <summary>The same seed asks for the same reply.</summary>
    [JsonPropertyName("seed")]
    public long? Seed { get; init; }

    /// <summary>One to four texts that end the reply: a string or an array of strings.</summary>
    [JsonPropertyName("stop")]
    public JsonElement? Stop { get; init; }

    /// <summary>The name of the conversation: requests with the same one find each other's cache.</summary>
    [JsonPropertyName("prompt_cache_key")]
    public string? PromptCacheKey { get; init; }

    /// <summary>An extension, with llama.cpp's name for it: false computes the whole prompt anew, as a measure of what the cache saves.</summary>
    [JsonPropertyName("cache_prompt")]
    public bool? CachePrompt { get; init; }

    /// <summary>Only 1.</summary>
    [JsonPropertyName("n")]
    public int? N { get; init; }

    /// <summary>Not supported.</summary>
    [JsonPropertyName("tools")]
    public JsonElement? Tools { get; init; }

    /// <summary>Not supported.</summary>
    [JsonPropertyName("functions")]
    public JsonElement? Functions { get; init; }

    /// <summary>Only <c>{"type":"text"}</c>.</summary>
    [JsonPropertyName("response_format")]
    public JsonElement? ResponseFormat { get; init; }

    /// <summary>Not supported.</summary>
    [JsonPropertyName("logprobs")]
    public bool? LogProbs { get; init; }
}

/// <summary>A message on the wire.</summary>
/// <param name="Role">system, developer, user or assistant.</param>
/// <param name="Content">A string, or an array of text parts.</param>
public sealed record ChatMessage(
    [property: JsonPropertyName("role")] string? Role,
    [property: JsonPropertyName("content")] JsonElement? Content);

/// <summary>What else a stream tells.</summary>
/// <param name="IncludeUsage">Whether a last chunk tells the usage.</param>
public sealed record ChatStreamOptions([property: JsonPropertyName("include_usage")] bool IncludeUsage);
