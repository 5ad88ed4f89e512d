using System.Text;
using LLama.Abstractions;
using LLama.Native;

namespace LLama;

/// <summary>A context of a model.</summary>
public sealed class LLamaContext : IDisposable
{
    /// <summary>Creates a context for <paramref name="model"/>.</summary>
    public LLamaContext(LLamaWeights model, IContextParams @params)
    {
        Params = @params;
        Encoding = @params.Encoding;

        var native = LlamaNative.llama_context_default_params();
        native.ContextSize = @params.ContextSize ?? 0;
        native.BatchSize = @params.BatchSize;
        native.UBatchSize = @params.UBatchSize;
        native.SeqMax = @params.SeqMax;
        native.Threads = Threads(@params.Threads);
        native.BatchThreads = Threads(@params.BatchThreads);
        native.FlashAttention = @params.FlashAttention switch { true => 1, false => 0, null => -1 };
        native.KvUnified = @params.KVUnified ?? true ? (byte)1 : (byte)0;
        NativeHandle = SafeLLamaContextHandle.Create(model.NativeHandle, native);
        Vocab = model.Vocab;
    }

    /// <summary>What the context was made with.</summary>
    public IContextParams Params { get; }

    /// <summary>The native context.</summary>
    public SafeLLamaContextHandle NativeHandle { get; }

    /// <summary>Encoding of prompts.</summary>
    public Encoding Encoding { get; }

    /// <summary>The model's tokens.</summary>
    public SafeLlamaModelHandle.Vocabulary Vocab { get; }

    /// <summary>Tokens that all sequences share.</summary>
    public uint ContextSize => NativeHandle.ContextSize;

    /// <summary>Most tokens in one batch.</summary>
    public uint BatchSize => NativeHandle.BatchSize;

    /// <summary>Threads for single tokens.</summary>
    public int GenerationThreads
    {
        get => NativeHandle.GenerationThreads;
        set => NativeHandle.GenerationThreads = value;
    }

    /// <summary>Threads for batches of more than one token.</summary>
    public int BatchThreads
    {
        get => NativeHandle.BatchThreads;
        set => NativeHandle.BatchThreads = value;
    }

    /// <summary>Computes a batch where it is called.</summary>
    /// <exception cref="ArgumentException">It holds more tokens than <see cref="BatchSize"/>.</exception>
    public DecodeResult Decode(LLamaBatch batch) =>
        batch.TokenCount > BatchSize ? throw new ArgumentException("Input contains more tokens than configured batch size", nameof(batch)) : NativeHandle.Decode(batch);

    /// <summary>Text as tokens.</summary>
    public LLamaToken[] Tokenize(string text, bool addBos = true, bool special = false) => NativeHandle.Tokenize(text, addBos, special, Encoding);

    /// <inheritdoc />
    public void Dispose() => NativeHandle.Dispose();

    private static int Threads(int? wanted) => wanted is > 0 and var threads ? threads : Math.Max(Environment.ProcessorCount / 2, 1);
}
