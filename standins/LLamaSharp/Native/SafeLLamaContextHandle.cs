using System.Text;
using LLama.Exceptions;

namespace LLama.Native;

/// <summary>A context: the key-value cache and what computes with it.</summary>
public sealed unsafe class SafeLLamaContextHandle : SafeLLamaHandleBase
{
    /// <summary>llama.cpp may not be entered twice at a time, not even with two contexts.</summary>
    private static readonly Lock GlobalInferenceLock = new();

    private readonly SafeLlamaModelHandle _model;

    private SafeLLamaContextHandle(nint handle, SafeLlamaModelHandle model) : base(handle)
    {
        _model = model;
        var counted = false;
        model.DangerousAddRef(ref counted);
    }

    /// <summary>Tokens that all sequences share.</summary>
    public uint ContextSize => LlamaNative.llama_n_ctx(Pointer);

    /// <summary>Most tokens in one batch.</summary>
    public uint BatchSize => LlamaNative.llama_n_batch(Pointer);

    /// <summary>Threads for single tokens.</summary>
    public int GenerationThreads
    {
        get => LlamaNative.llama_n_threads(Pointer);
        set => LlamaNative.llama_set_n_threads(Pointer, value, BatchThreads);
    }

    /// <summary>Threads for batches of more than one token.</summary>
    public int BatchThreads
    {
        get => LlamaNative.llama_n_threads_batch(Pointer);
        set => LlamaNative.llama_set_n_threads(Pointer, GenerationThreads, value);
    }

    /// <summary>The model of this context.</summary>
    public SafeLlamaModelHandle ModelHandle => _model;

    /// <summary>Whether positions can be shifted.</summary>
    public bool MemoryCanShift => LlamaNative.llama_memory_can_shift(Memory);

    private nint Pointer => !IsClosed ? handle : throw new ObjectDisposedException(nameof(SafeLLamaContextHandle));

    private nint Memory => LlamaNative.llama_get_memory(Pointer);

    internal static SafeLLamaContextHandle Create(SafeLlamaModelHandle model, LlamaContextParams parameters)
    {
        var context = LlamaNative.llama_init_from_model(model.Pointer, parameters);
        return context != 0 ? new SafeLLamaContextHandle(context, model) : throw new RuntimeError("Failed to create context from model");
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        LlamaNative.llama_free(handle);
        _model.DangerousRelease();
        return true;
    }

    /// <summary>The logits of the token at that index of the last batch. The memory is the engine's and lives until the next decode.</summary>
    /// <exception cref="GetLogitsInvalidIndexException">None were asked for there.</exception>
    public Span<float> GetLogitsIth(int i)
    {
        var logits = LlamaNative.llama_get_logits_ith(Pointer, i);
        return logits is not null ? new Span<float>(logits, _model.Vocab.Count) : throw new GetLogitsInvalidIndexException(i);
    }

    /// <summary>Text as tokens.</summary>
    public LLamaToken[] Tokenize(string text, bool add_bos, bool special, Encoding encoding) => _model.Tokenize(text, add_bos, special, encoding);

    /// <summary>Forgets positions start to end of a sequence; -1 and -1 are all of them.</summary>
    public void MemorySequenceRemove(LLamaSeqId seq, LLamaPos p0, LLamaPos p1) => LlamaNative.llama_memory_seq_rm(Memory, seq.Value, p0.Value, p1.Value);

    /// <summary>Gives another sequence the same cells.</summary>
    public void MemorySequenceCopy(LLamaSeqId src, LLamaSeqId dest, LLamaPos p0, LLamaPos p1) => LlamaNative.llama_memory_seq_cp(Memory, src.Value, dest.Value, p0.Value, p1.Value);

    /// <summary>Moves positions start to end of a sequence.</summary>
    public void MemorySequenceAdd(LLamaSeqId seq, LLamaPos p0, LLamaPos p1, int delta)
    {
        if (!MemoryCanShift)
        {
            throw new InvalidOperationException("Cannot shift memory (MemoryCanShift == false)");
        }

        LlamaNative.llama_memory_seq_add(Memory, seq.Value, p0.Value, p1.Value, delta);
    }

    internal DecodeResult Decode(LLamaBatch batch)
    {
        if (batch.TokenCount == 0)
        {
            return DecodeResult.Ok;
        }

        lock (GlobalInferenceLock)
        {
            return batch.Decode(Pointer);
        }
    }
}
