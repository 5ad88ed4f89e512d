using LLama.Native;

namespace SpeechBot.Llm.Batching;

/// <summary>One conversation of a <see cref="BatchEngine"/>: prompt, infer, sample, and again.</summary>
internal sealed class Sequence : IDisposable
{
    private readonly BatchEngine _engine;
    private readonly LLamaSeqId _id;
    private int _end;
    private int _logits;

    internal Sequence(BatchEngine engine, LLamaSeqId id) => (_engine, _id) = (engine, id);

    private SafeLLamaContextHandle Memory => _engine.Context.NativeHandle;

    /// <summary>Adds tokens to the next step, behind what is there.</summary>
    public void Prompt(params ReadOnlySpan<LLamaToken> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            _logits = _engine.Collect(tokens[i], _end++, _id, logits: i == tokens.Length - 1);
        }
    }

    /// <summary>What may follow the last token, one number for each token of the vocabulary. They may be changed, and live until the next step.</summary>
    public Span<float> Sample() => Memory.GetLogitsIth(_logits);

    /// <summary>A second conversation that shares all tokens up to here.</summary>
    public Sequence Fork()
    {
        var fork = _engine.Create();
        fork._end = _end;
        Memory.MemorySequenceCopy(_id, fork._id, 0, _end);
        return fork;
    }

    /// <summary>Forgets the last tokens.</summary>
    public void Rewind(int tokens)
    {
        Memory.MemorySequenceRemove(_id, _end - tokens, _end);
        _end -= tokens;
    }

    /// <summary>Forgets <paramref name="count"/> tokens behind the first <paramref name="keep"/>; what follows moves up.</summary>
    public void ShiftLeft(int count, int keep)
    {
        Memory.MemorySequenceRemove(_id, keep, keep + count);
        Memory.MemorySequenceAdd(_id, keep + count, _end, -count);
        _end -= count;
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Release(_id);
}
