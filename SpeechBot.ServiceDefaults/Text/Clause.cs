namespace SpeechBot.ServiceDefaults.Text;

/// <summary>A piece of an answer that is spoken in one go.</summary>
/// <param name="Text">The words as the answer has them, trimmed; a word cut has no final punctuation.</param>
/// <param name="Index">0 for the first clause of the answer, then counted up.</param>
/// <param name="IsCut">The sentence goes on in the next clause, so no sentence pause belongs here.</param>
/// <param name="IsLast">Nothing follows. Only known once the answer is complete.</param>
public sealed record Clause(string Text, int Index, bool IsCut, bool IsLast)
{
    /// <summary>How many characters of the answer have been handed out up to the end of this clause.</summary>
    public int End { get; init; }
}
