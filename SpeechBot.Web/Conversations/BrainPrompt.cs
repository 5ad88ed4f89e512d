using Microsoft.Extensions.AI;

namespace SpeechBot.Web.Conversations;

/// <summary>A conversation → what the brain is given: the system prompt, the last turns as they were heard, and what is said now.</summary>
internal static class BrainPrompt
{
    /// <param name="conversation">The turns before.</param>
    /// <param name="systemPrompt">None when empty.</param>
    /// <param name="historyTurns">How many of the turns before are told.</param>
    /// <param name="now">The turn that is being spoken; null between two.</param>
    /// <param name="words">What was said in it so far; nothing when empty.</param>
    internal static List<ChatMessage> For(Conversation conversation, string systemPrompt, int historyTurns, Turn? now, string words)
    {
        List<ChatMessage> prompt = [];
        if (!string.IsNullOrWhiteSpace(systemPrompt))
        {
            prompt.Add(new ChatMessage(ChatRole.System, systemPrompt));
        }

        foreach (var turn in conversation.Turns.Where(turn => turn != now && turn.UserText.Length > 0 && turn.HeardText.Length > 0).TakeLast(historyTurns))
        {
            prompt.Add(new ChatMessage(ChatRole.User, turn.UserText));
            prompt.Add(new ChatMessage(ChatRole.Assistant, turn.HeardText));
        }

        if (words.Length > 0)
        {
            prompt.Add(new ChatMessage(ChatRole.User, words));
        }

        return prompt;
    }
}
