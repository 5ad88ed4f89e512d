namespace SpeechBot.Web.Conversations;

/// <summary>A voice that the voice service can speak with.</summary>
public sealed record VoiceInfo(string Id, string Name, string? Language = null, string? Description = null);
