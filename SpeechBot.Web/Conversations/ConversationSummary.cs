namespace SpeechBot.Web.Conversations;

/// <summary>A line in the list of talks.</summary>
public sealed record ConversationSummary(string Id, string Title, DateTimeOffset Created, DateTimeOffset Updated, int Turns);
