using System.Runtime.InteropServices;
using LLama.Native;

namespace LLama.Batched;

/// <summary>One sequence of a <see cref="BatchedExecutor"/>: prompt, infer, sample, and again.</summary>
public sealed partial class Conversation : IDisposable
{
    private ulong _requiredEpoch;
    private LLamaPos _end;
    private int[] _sampleIndices = new int[1];
    private int _sampleCount;
    private bool _forked;
    private bool _disposed;

    internal Conversation(BatchedExecutor executor, LLamaSeqId id)
    {
        Executor = executor;
        ConversationId = id;
    }

    /// <summary>Gives the cells of an abandoned conversation back.</summary>
    ~Conversation() => Dispose();

    /// <summary>The executor that this conversation belongs to.</summary>
    public BatchedExecutor Executor { get; }

    /// <summary>The sequence in the key-value cache.</summary>
    public LLamaSeqId ConversationId { get; }

    /// <summary>Tokens in the cache, those included that wait for inference.</summary>
    public int TokenCount => _end.Value;

    /// <summary>Whether it, or its executor, was disposed.</summary>
    public bool IsDisposed => _disposed || Executor.IsDisposed;

    /// <summary>Whether a prompt waits for inference.</summary>
    public bool RequiresInference => _requiredEpoch > Executor.Epoch;

    /// <summary>Whether the last inference left logits to sample.</summary>
    public bool RequiresSampling => _requiredEpoch == Executor.Epoch;

    /// <inheritdoc />
    public void Dispose()
    {
        if (IsDisposed)
        {
            return;
        }

        _disposed = true;
        Executor.Context.NativeHandle.MemorySequenceRemove(ConversationId, -1, -1);
        Executor.ReleaseSequence(ConversationId);
        GC.SuppressFinalize(this);
    }

    /// <summary>A second conversation that shares all tokens up to here.</summary>
    public Conversation Fork()
    {
        AssertNotDisposed();

        // Both copy their logits before the next sampling, since they share them and a sampler may change them.
        _forked = true;
        var fork = new Conversation(Executor, Executor.TakeSequence())
        {
            _requiredEpoch = _requiredEpoch,
            _sampleIndices = [.. _sampleIndices],
            _sampleCount = _sampleCount,
            _forked = true,
            _end = _end,
        };
        Executor.Context.NativeHandle.MemorySequenceCopy(ConversationId, fork.ConversationId, 0, _end);
        return fork;
    }

    /// <summary>Where the logits stand in the last batch, counted from the last token that has any.</summary>
    public int GetSampleIndex(int offset = 0)
    {
        AssertNotDisposed();
        return _requiredEpoch < Executor.Epoch ? throw new CannotSampleRequiresPromptException()
            : _requiredEpoch > Executor.Epoch ? throw new CannotSampleRequiresInferenceException()
            : offset >= _sampleCount ? throw new ArgumentException("Cannot sample offset more than the previous prompt count", nameof(offset))
            : _sampleIndices[_sampleCount - offset - 1];
    }

    /// <summary>The logits; they may be changed, and live until the next inference.</summary>
    public Span<float> Sample(int offset = 0)
    {
        var logits = Executor.Context.NativeHandle.GetLogitsIth(GetSampleIndex(offset));
        return _forked ? logits.ToArray() : logits;
    }

    /// <summary>Adds text to the prompt.</summary>
    public void Prompt(string promptText, bool addBos = true, bool special = true) => Prompt(Executor.Context.Tokenize(promptText, addBos, special));

    /// <summary>Adds tokens to the prompt.</summary>
    public void Prompt(List<LLamaToken> tokens, bool allLogits = false) => Prompt((ReadOnlySpan<LLamaToken>)CollectionsMarshal.AsSpan(tokens), allLogits);

    /// <summary>Adds a token to the prompt.</summary>
    public void Prompt(LLamaToken token) => Prompt(new ReadOnlySpan<LLamaToken>(in token));

    /// <summary>Adds tokens to the prompt, in as many batches as it takes.</summary>
    public void Prompt(ReadOnlySpan<LLamaToken> tokens, bool allLogits = false)
    {
        AssertNotDisposed();
        if (RequiresInference)
        {
            throw new AlreadyPromptedConversationException();
        }

        if (tokens.IsEmpty)
        {
            return;
        }

        if (allLogits)
        {
            PromptAll(tokens);
        }
        else
        {
            PromptLast(tokens);
        }

        _forked = false;
    }

    private void PromptAll(ReadOnlySpan<LLamaToken> tokens)
    {
        _sampleIndices = new int[tokens.Length];
        _sampleCount = tokens.Length;
        (var batch, _requiredEpoch) = Executor.GetTokenBatch(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            _sampleIndices[i] = batch.Add(tokens[i], _end++, ConversationId, logits: true);
        }
    }

    private void PromptLast(ReadOnlySpan<LLamaToken> tokens)
    {
        _sampleCount = 1;
        while (!tokens.IsEmpty)
        {
            (var batch, _requiredEpoch) = Executor.GetTokenBatch();
            var count = Math.Min(tokens.Length, (int)Executor.Context.BatchSize - batch.TokenCount);
            for (var i = 0; i < count; i++)
            {
                _sampleIndices[0] = batch.Add(tokens[i], _end++, ConversationId, logits: i == tokens.Length - 1);
            }

            tokens = tokens[count..];
        }
    }

    private void AssertNotDisposed()
    {
        ObjectDisposedException.ThrowIf(Executor.IsDisposed, Executor);
        ObjectDisposedException.ThrowIf(_disposed, this);
    }
}
