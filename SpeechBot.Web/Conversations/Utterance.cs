namespace SpeechBot.Web.Conversations;

/// <summary>A stretch of speech, or a typed message, that is becoming text.</summary>
internal sealed record Utterance(string ItemId, Task<string> Words, TimeSpan Spoken, CancellationTokenSource Cancel);
