namespace SpeechBot.Web.Conversations;

/// <summary>Why the ears took a turn for over.</summary>
/// <param name="Probability">How likely the speaker had finished, from 0 to 1; null where it was not asked.</param>
/// <param name="Asks">How often it was asked.</param>
/// <param name="AskMs">How long the last question took.</param>
internal sealed record EndOfTurnJudgement(double? Probability, int? Asks, double? AskMs);
