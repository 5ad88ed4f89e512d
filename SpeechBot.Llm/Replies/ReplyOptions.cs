namespace SpeechBot.Llm.Replies;

// "Llm": {
//   "ModelPath": "C:\\models\\my-own.gguf",   any GGUF; without it Models:Llm or Models:Profile choose one of the catalog
//   "ContextTokens": 4096, "ConversationTokens": 2048, "MaxParallel": 4
// }

/// <summary>Settings of the brain, from the section <c>Llm</c>. Those of a single reply can be changed by each request.</summary>
public sealed class ReplyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Llm";

    /// <summary>A GGUF file, absolute or relative to the model folder; null for the one that <c>Models:Llm</c> or the profile chooses.</summary>
    public string? ModelPath { get; set; }

    /// <summary>The name that requests use for the model of the start; the file's name where it is not set.</summary>
    public string? ModelId { get; set; }

    /// <summary>A chat template, or the name of one that llama.cpp knows ("chatml", "llama3", "gemma" ...), in place of the model's own.</summary>
    public string? ChatTemplate { get; set; }

    /// <summary>Where copies of small models are kept that a CPU computes faster; empty for the user's cache folder, <c>off</c> for none.</summary>
    public string CachePath { get; set; } = "";

    /// <summary>Tokens of key-value cache that all conversations share. A token of the starter model takes 23 kB.</summary>
    public int ContextTokens { get; set; } = 4096;

    /// <summary>Most tokens of one conversation, reply included; beyond it the oldest turns are dropped.</summary>
    public int ConversationTokens { get; set; } = 2048;

    /// <summary>Most conversations kept in the cache; the one that was idle longest leaves first.</summary>
    public int MaxConversations { get; set; } = 16;

    /// <summary>Most replies written at the same time.</summary>
    public int MaxParallel { get; set; } = 4;

    /// <summary>Most requests that wait while <see cref="MaxParallel"/> replies are written; the next one is told to come back later.</summary>
    public int QueueLimit { get; set; } = 16;

    /// <summary>Threads that write tokens; 0 is one on up to four cores, else half of them. On two cores a second thread would gain a third, but the other core judges the end of the turn meanwhile.</summary>
    public int DecodeThreads { get; set; }

    /// <summary>Threads that read prompts; 0 is one for each core, at most eight.</summary>
    public int PrefillThreads { get; set; }

    /// <summary>Most prompt tokens read in one step while others are being answered, so that they are not held up.</summary>
    public int PrefillSlice { get; set; } = 32;

    /// <summary>Most prompt tokens read in one step while nobody else is answered; a request can be cancelled, and others can have the cores, between two steps.</summary>
    public int PrefillSliceAlone { get; set; } = 64;

    /// <summary>Layers to put on the GPU where one is used; a large number is all of them.</summary>
    public int GpuLayers { get; set; } = 999;

    /// <summary>Scheduling priority on Linux, 0 to 19: 10 lets the ears and the mouth go first.</summary>
    public int Nice { get; set; } = 10;

    /// <summary>Randomness of a reply, 0 to 2, where the request does not say.</summary>
    public float Temperature { get; set; } = 0.2f;

    /// <summary>Share of the likeliest tokens that a reply is drawn from, where the request does not say.</summary>
    public float TopP { get; set; } = 0.9f;

    /// <summary>Makes words of the reply less likely to come again, 1 to 1.1. It never counts the prompt: small models then answer nonsense.</summary>
    public float RepeatPenalty { get; set; } = 1.05f;

    /// <summary>Most tokens of a reply, where the request does not say.</summary>
    public int MaxTokens { get; set; } = 256;

    /// <summary>Most characters of all messages together.</summary>
    public int MaxCharacters { get; set; } = 64_000;

    /// <summary>Most messages of a request.</summary>
    public int MaxMessages { get; set; } = 512;

    /// <summary>A system prompt that is kept in the cache from the start.</summary>
    public string WarmPrompt { get; set; } = "You are a helpful AI assistant. Reply in one or two short sentences.";

    internal int EffectiveDecodeThreads => DecodeThreads > 0 ? DecodeThreads : Environment.ProcessorCount <= 4 ? 1 : Environment.ProcessorCount / 2;

    internal int EffectivePrefillThreads => PrefillThreads > 0 ? PrefillThreads : Math.Min(Environment.ProcessorCount, 8);

    /// <summary>Most tokens that a step can have: one of everybody who writes, and a slice of prompts.</summary>
    internal int LargestStep => Math.Max(64, Math.Max(PrefillSlice, PrefillSliceAlone) + MaxParallel);
}
