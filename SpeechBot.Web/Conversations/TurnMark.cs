namespace SpeechBot.Web.Conversations;

/// <summary>The marks of <see cref="TurnTimings"/> that a running turn sets.</summary>
internal enum TurnMark
{
    Transcript,
    FirstToken,
    FirstClause,
    FirstAudio,
    Released,
    Heard,
}
