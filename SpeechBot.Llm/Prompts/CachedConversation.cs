using LLama.Native;
using SpeechBot.Llm.Batching;

namespace SpeechBot.Llm.Prompts;

/// <summary>A conversation whose key-value cache is kept, so that its next turn only computes what is new.</summary>
internal sealed class CachedConversation(Sequence sequence) : IDisposable
{
    private readonly List<Share> _shares = [];

    /// <summary>The engine's part.</summary>
    public Sequence Sequence { get; } = sequence;

    /// <summary>The tokens in the key-value cache, in order.</summary>
    public List<LLamaToken> Tokens { get; } = [];

    /// <summary>The messages that these tokens came from; the last may be there in part only.</summary>
    public IReadOnlyList<Segment> Segments { get; set; } = [];

    /// <summary>Number of instructions in front.</summary>
    public int SystemCount { get; set; }

    /// <summary>Messages after the instructions that the client still sends but the cache has dropped.</summary>
    public int Dropped { get; set; }

    /// <summary>The client's name for the conversation, or null.</summary>
    public string? Key { get; set; }

    /// <summary>Tokens at the start that other conversations share. A cell has one position for all, so that these cannot be shifted.</summary>
    public int Shared => _shares.Select(share => share.Length).DefaultIfEmpty().Max();

    /// <summary>Whether its name was taken over by another one, so that nobody will come back to it.</summary>
    public bool Orphaned { get; set; }

    /// <summary>Whether it stays when room is needed for others.</summary>
    public bool Pinned { get; set; }

    /// <summary>Whether a reply is being read or written here.</summary>
    public bool Busy { get; set; }

    /// <summary>When it was used last, as a count of requests.</summary>
    public long LastUse { get; set; }

    /// <summary>Tokens set aside for the reply in work, those included that are there already.</summary>
    public int Committed { get; set; }

    /// <summary>Tokens of cache that it takes, or may come to take.</summary>
    public int Weight => Math.Max(Tokens.Count, Busy ? Committed : 0);

    /// <summary>The messages after the instructions.</summary>
    public IReadOnlyList<Segment> History => [.. Segments.Skip(SystemCount)];

    /// <summary>Brings the cache to where <paramref name="plan"/> begins to compute.</summary>
    public void Apply(PromptPlan plan)
    {
        if (plan.ShiftCount > 0)
        {
            Sequence.ShiftLeft(plan.ShiftCount, plan.ShiftKeep);
            Tokens.RemoveRange(plan.ShiftKeep, plan.ShiftCount);
        }

        if (Tokens.Count > plan.Reused)
        {
            Sequence.Rewind(Tokens.Count - plan.Reused);
            Tokens.RemoveRange(plan.Reused, Tokens.Count - plan.Reused);
        }

        foreach (var share in _shares)
        {
            share.Length = Math.Min(share.Length, plan.Reused);
        }

        Segments = plan.Segments;
        SystemCount = plan.SystemCount;
        Dropped = plan.Dropped;
    }

    /// <summary>A second conversation with the same cache up to here.</summary>
    public CachedConversation Fork()
    {
        var fork = new CachedConversation(Sequence.Fork()) { Segments = Segments, SystemCount = SystemCount, Dropped = Dropped };
        fork.Tokens.AddRange(Tokens);
        var share = new Share(this, fork) { Length = Tokens.Count };
        _shares.Add(share);
        fork._shares.Add(share);
        return fork;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sequence.Dispose();
        foreach (var share in _shares)
        {
            (share.One == this ? share.Other : share.One)._shares.Remove(share);
        }
    }

    private sealed class Share(CachedConversation one, CachedConversation other)
    {
        public CachedConversation One { get; } = one;

        public CachedConversation Other { get; } = other;

        public int Length { get; set; }
    }
}
