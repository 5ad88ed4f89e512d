using System.Text;

namespace LLama.Abstractions;

/// <summary>What is needed to create a context.</summary>
public interface IContextParams
{
    /// <summary>Tokens that all sequences share; null takes what the model was trained with.</summary>
    uint? ContextSize { get; }

    /// <summary>Most tokens in one batch.</summary>
    uint BatchSize { get; }

    /// <summary>Most tokens computed at once inside a batch.</summary>
    uint UBatchSize { get; }

    /// <summary>Most sequences at a time.</summary>
    uint SeqMax { get; }

    /// <summary>Encoding of prompts.</summary>
    Encoding Encoding { get; }

    /// <summary>Threads for single tokens.</summary>
    int? Threads { get; }

    /// <summary>Threads for batches of more than one token.</summary>
    int? BatchThreads { get; }

    /// <summary>Flash attention on, off, or as the engine thinks best.</summary>
    bool? FlashAttention { get; }

    /// <summary>One buffer for all sequences instead of one for each.</summary>
    bool? KVUnified { get; }
}
