namespace SpeechBot.Tts.Speech;

/// <summary>What is spoken in one go.</summary>
/// <param name="Text">The words as written.</param>
/// <param name="Index">Its place in the answer; the first one is urgent.</param>
/// <param name="IsCut">The sentence goes on: no full stop is added, and no pause beyond that of a comma follows.</param>
/// <param name="PauseAfter">Ends with the pause that its last mark asks for, because more follows.</param>
public sealed record SpeechClause(string Text, int Index, bool IsCut, bool PauseAfter);
