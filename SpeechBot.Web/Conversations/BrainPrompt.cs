using Microsoft.Extensions.AI;

namespace SpeechBot.Web.Conversations;

/// <summary>A conversation → what the brain is given: the system prompt, the last turns as they were heard, and what is said now.</summary>
internal static class BrainPrompt
{
    internal static List<ChatMessage> For(Conversation conversation, string systemPrompt, int historyTurns, Turn? now)
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

        if (now is not null)
        {
            prompt.Add(new ChatMessage(ChatRole.User, now.UserText));
        }

        return prompt;
    }
}
