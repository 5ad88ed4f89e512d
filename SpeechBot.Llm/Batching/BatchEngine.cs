using LLama;
using LLama.Abstractions;
using LLama.Native;

namespace SpeechBot.Llm.Batching;

/// <summary>
/// A context in which many conversations are computed together: their next tokens are collected, then computed in one step. It is used
/// by one thread at a time, and <see cref="Infer"/> runs where it is called, which LLamaSharp's own BatchedExecutor cannot do
/// (<see cref="EngineThread"/> tells why that matters).
/// </summary>
internal sealed class BatchEngine(LLamaWeights weights, IContextParams parameters) : IDisposable
{
    private readonly LLamaBatch _batch = new();
    private readonly HashSet<int> _taken = [];

    /// <summary>The context.</summary>
    public LLamaContext Context { get; } = weights.CreateContext(parameters);

    /// <summary>An empty conversation.</summary>
    public Sequence Create()
    {
        var id = 0;
        while (!_taken.Add(id))
        {
            id++;
        }

        return new Sequence(this, (LLamaSeqId)id);
    }

    /// <summary>
    /// Computes what was collected. Without room for it (<see cref="DecodeResult.NoKvSlot"/>) it stays collected, and the next call tries again.
    /// </summary>
    public DecodeResult Infer()
    {
        var result = Context.Decode(_batch);
        if (result == DecodeResult.Ok)
        {
            _batch.Clear();
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => Context.Dispose();

    internal int Collect(LLamaToken token, int position, LLamaSeqId sequence, bool logits) => _batch.Add(token, position, sequence, logits);

    internal void Release(LLamaSeqId sequence)
    {
        Context.NativeHandle.MemorySequenceRemove(sequence, -1, -1);
        _taken.Remove(sequence.Value);
    }
}
