namespace SpeechBot.Web.Conversations;

/// <summary>A piece of an answer that is synthesised at once, and where it lies in the answer's audio (milliseconds).</summary>
public sealed record SpokenClause(string Text, double StartMs, double DurationMs)
{
    /// <summary>Where the clause ends in the answer's audio.</summary>
    public double EndMs => StartMs + DurationMs;
}
