namespace LLama.Batched;

/// <summary>What a conversation can do beyond prompting and sampling.</summary>
public static class ConversationExtensions
{
    /// <summary>Forgets the last tokens.</summary>
    public static void Rewind(this Conversation conversation, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tokens, conversation.TokenCount);
        conversation.Modify((end, kv) =>
        {
            kv.Remove(end.Value - tokens, tokens);
            return end.Value - tokens;
        });
    }

    /// <summary>Forgets <paramref name="count"/> tokens after the first <paramref name="keep"/> and moves the rest to the left.</summary>
    public static void ShiftLeft(this Conversation conversation, int count, int keep) => conversation.Modify((end, kv) =>
    {
        kv.Remove(keep, count);
        kv.Add(keep + count, end, -count);
        return end.Value - count;
    });
}
