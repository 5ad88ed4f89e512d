using System.Runtime.InteropServices;

namespace LLama.Native;

/// <summary>Tokens of any number of sequences that are computed together.</summary>
public unsafe class LLamaBatch
{
    private readonly List<LLamaToken> _tokens = [];
    private readonly List<int> _positions = [];
    private readonly List<int> _sequences = [];
    private readonly List<sbyte> _logits = [];

    /// <summary>How many tokens there are.</summary>
    public int TokenCount => _tokens.Count;

    /// <summary>Adds a token and answers its index.</summary>
    public int Add(LLamaToken token, LLamaPos pos, LLamaSeqId sequence, bool logits)
    {
        _tokens.Add(token);
        _positions.Add(pos.Value);
        _sequences.Add(sequence.Value);
        _logits.Add(logits ? (sbyte)1 : (sbyte)0);
        return _tokens.Count - 1;
    }

    /// <summary>Removes all tokens.</summary>
    public void Clear()
    {
        _tokens.Clear();
        _positions.Clear();
        _sequences.Clear();
        _logits.Clear();
    }

    internal DecodeResult Decode(nint context)
    {
        var count = TokenCount;
        var counts = new int[count];
        var pointers = new nint[count];
        Array.Fill(counts, 1);

        fixed (LLamaToken* tokens = CollectionsMarshal.AsSpan(_tokens))
        fixed (int* positions = CollectionsMarshal.AsSpan(_positions))
        fixed (int* sequences = CollectionsMarshal.AsSpan(_sequences))
        fixed (sbyte* logits = CollectionsMarshal.AsSpan(_logits))
        fixed (int* sequenceCounts = counts)
        fixed (nint* sequencePointers = pointers)
        {
            for (var i = 0; i < count; i++)
            {
                sequencePointers[i] = (nint)(sequences + i);
            }

            return (DecodeResult)LlamaNative.llama_decode(context, new LlamaBatchStruct
            {
                Count = count,
                Tokens = tokens,
                Positions = positions,
                SequenceCounts = sequenceCounts,
                Sequences = (int**)sequencePointers,
                Logits = logits,
            });
        }
    }
}
