namespace SpeechBot.Web.History;

/// <summary>
/// The three kinds of key. The braces are Redis' hash tag: all keys of one person live in one slot of a cluster, so that a
/// transaction can write them together.
/// </summary>
internal static class HistoryKeys
{
    /// <summary>Hash: title, created, updated, voice, system prompt.</summary>
    internal static string Conversation(string owner, string id) => $"{Prefix(owner)}conversation:{id}";

    /// <summary>Hash of the turns by their id, each as JSON.</summary>
    internal static string Turns(string owner, string id) => $"{Conversation(owner, id)}:turns";

    /// <summary>Sorted set of conversation ids by last use, in Unix milliseconds.</summary>
    internal static string Conversations(string owner) => $"{Prefix(owner)}conversations";

    // A person's name comes from the configuration and may hold anything.
    private static string Prefix(string owner) => $"speechbot:{{{Uri.EscapeDataString(owner)}}}:";
}
