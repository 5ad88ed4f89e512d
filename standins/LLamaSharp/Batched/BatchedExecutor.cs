using LLama.Abstractions;
using LLama.Native;

namespace LLama.Batched;

/// <summary>Infers several conversations together, one queued batch a call. Not to be used by two threads at a time.</summary>
public sealed class BatchedExecutor : IDisposable
{
    private readonly SortedSet<int> _sequences = [];
    private readonly List<LLamaBatch> _queue = [];
    private int _running;

    /// <summary>An executor with a context of its own.</summary>
    public BatchedExecutor(LLamaWeights model, IContextParams contextParams)
    {
        Model = model;
        Context = model.CreateContext(contextParams);
        Epoch = 1;
    }

    /// <summary>Grows by two with each inference; even while one runs, so that nothing can be sampled meanwhile.</summary>
    internal ulong Epoch { get; private set; }

    /// <summary>The context.</summary>
    public LLamaContext Context { get; }

    /// <summary>The weights.</summary>
    public LLamaWeights Model { get; }

    /// <summary>Tokens that wait for inference.</summary>
    public int BatchedTokenCount => _queue.Sum(batch => batch.TokenCount);

    /// <summary>Batches that wait for inference.</summary>
    public int BatchQueueCount => _queue.Count;

    /// <summary>Whether it was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Begins a conversation.</summary>
    public Conversation Create()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return new Conversation(this, TakeSequence());
    }

    /// <summary>Computes the first batch of the queue. Where there is no room for it, it stays there: free some and call again.</summary>
    /// <exception cref="InvalidOperationException">Another inference runs.</exception>
    public async Task<DecodeResult> Infer(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (_queue.Count == 0)
        {
            return DecodeResult.Ok;
        }

        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("Cannot start inference while it is already running");
        }

        try
        {
            var batch = _queue[0];
            _queue.RemoveAt(0);
            Epoch += Epoch & 1;

            DecodeResult result;
            try
            {
                result = await Task.Run(() => Context.NativeHandle.Decode(batch), cancellation).ConfigureAwait(false);
            }
            catch
            {
                _queue.Insert(0, batch);
                throw;
            }

            if (result == DecodeResult.Ok)
            {
                Epoch++;
            }
            else
            {
                _queue.Insert(0, batch);
            }

            return result;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            Context.Dispose();
        }
    }

    internal LLamaSeqId TakeSequence()
    {
        lock (_sequences)
        {
            var id = 0;
            while (!_sequences.Add(id))
            {
                id++;
            }

            return (LLamaSeqId)id;
        }
    }

    internal void ReleaseSequence(LLamaSeqId id)
    {
        lock (_sequences)
        {
            _sequences.Remove(id.Value);
        }
    }

    /// <summary>A batch with room for <paramref name="capacity"/> tokens, and the epoch in which it will have been computed.</summary>
    internal (LLamaBatch Batch, ulong Epoch) GetTokenBatch(int capacity = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, (int)Context.BatchSize);

        var index = _queue.FindIndex(batch => batch.TokenCount + capacity <= Context.BatchSize);
        if (index < 0)
        {
            _queue.Add(new LLamaBatch());
            index = _queue.Count - 1;
        }

        return (_queue[index], Epoch + (uint)(index + 1) * 2);
    }
}
