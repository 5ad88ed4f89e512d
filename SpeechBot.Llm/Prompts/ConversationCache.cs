using SpeechBot.Llm.Batching;
using SpeechBot.Llm.Replies;

namespace SpeechBot.Llm.Prompts;

/// <summary>
/// The conversations that are kept, within the tokens and the number that the engine has room for. A conversation is found again by its
/// key, or by how much of the new prompt its cache holds; where somebody else works on it, a fork shares what is common.
/// </summary>
internal sealed class ConversationCache(BatchEngine engine, PromptPlanner planner, int tokens, int conversations)
{
    private readonly List<CachedConversation> _all = [];
    private long _uses;

    /// <summary>Tokens in use, or set aside.</summary>
    public int Used => _all.Sum(conversation => conversation.Weight);

    /// <summary>Number of conversations.</summary>
    public int Count => _all.Count;

    /// <summary>Finds or makes the conversation for a prompt. Null where there is no room until somebody else is done.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="request">Which conversation it belongs to, and how long it is to stay.</param>
    /// <param name="reserve">Tokens to leave for the reply.</param>
    public (CachedConversation Conversation, PromptPlan Plan)? Take(RenderedPrompt prompt, ReplyRequest request, int reserve)
    {
        var key = request.CacheKey;
        var (source, plan) = request.Fresh ? (null, planner.Plan(prompt, null, reserve)) : Find(prompt, key, reserve);
        var alone = source is not null && CanContinue(source, plan, key);
        if (!MakeRoom(plan.Tokens.Count + reserve - (alone ? source!.Tokens.Count : 0), alone ? 0 : 1, source, alone))
        {
            return null;
        }

        CachedConversation conversation;
        if (alone)
        {
            conversation = source!;
        }
        else
        {
            // Shared tokens cannot be shifted, and the source may have had to go to make room.
            plan = planner.Plan(prompt, source is not null && _all.Contains(source) ? source : null, reserve, shift: false);
            conversation = plan.Reused > 0 ? source!.Fork() : new CachedConversation(engine.Create());
            _all.Add(conversation);
        }

        conversation.Apply(plan);
        if (key is not null && _all.Find(other => other != conversation && other.Key == key) is { } former)
        {
            (former.Key, former.Orphaned) = (null, true);
        }

        (conversation.Key, conversation.Busy, conversation.Committed) = (key, true, plan.Tokens.Count + reserve);
        conversation.Pinned |= request.Pinned;
        conversation.LastUse = ++_uses;
        return (conversation, plan);
    }

    /// <summary>The work on a conversation is over; it stays for the next turn.</summary>
    public void Release(CachedConversation conversation)
    {
        conversation.Busy = false;
        conversation.LastUse = ++_uses;
        if (conversation.Orphaned)
        {
            Remove(conversation);
        }
    }

    /// <summary>Removes the conversation that was idle longest. False where there is none.</summary>
    public bool EvictOne(CachedConversation? except = null)
    {
        var victim = _all.Where(conversation => !conversation.Busy && conversation != except).OrderBy(conversation => conversation.Pinned).ThenBy(conversation => conversation.LastUse).FirstOrDefault();
        if (victim is null)
        {
            return false;
        }

        Remove(victim);
        return true;
    }

    private void Remove(CachedConversation conversation)
    {
        _all.Remove(conversation);
        conversation.Dispose();
    }

    private (CachedConversation? Source, PromptPlan Plan) Find(RenderedPrompt prompt, string? key, int reserve)
    {
        if (key is not null && _all.Find(conversation => conversation.Key == key) is { } known)
        {
            return (known, planner.Plan(prompt, known, reserve));
        }

        var best = _all.Select(conversation => (Source: (CachedConversation?)conversation, Plan: planner.Plan(prompt, conversation, reserve)))
            .OrderByDescending(candidate => candidate.Plan.Reused).ThenByDescending(candidate => candidate.Source!.LastUse).FirstOrDefault();
        return best.Source is not null && best.Plan.Reused > 0 ? best : (null, planner.Plan(prompt, null, reserve));
    }

    /// <summary>Whether the prompt goes on where this conversation stopped, so that it can be used as it is. A shared beginning alone is forked.</summary>
    private static bool CanContinue(CachedConversation source, PromptPlan plan, string? key) =>
        !source.Busy && !source.Pinned && (key is not null ? source.Key == key : source.Key is null && plan.Reused >= source.Tokens.Count / 2);

    private bool MakeRoom(int needed, int places, CachedConversation? source, bool keep)
    {
        while (Used + needed > tokens || _all.Count + places > conversations)
        {
            if (!EvictOne(source) && (keep || !EvictOne()))
            {
                return false;
            }
        }

        return true;
    }
}
