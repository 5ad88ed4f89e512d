using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

/// <summary>Turns for tests, in the words of the test.</summary>
internal static class TurnBuilding
{
    internal static Turn With(this Turn turn, params string[] clauses)
    {
        turn.Clauses = [.. clauses.Select((text, i) => new SpokenClause(text, i * 500, 500))];
        return turn;
    }

    internal static Turn At(this Turn turn, int clause)
    {
        turn.SpokenClauseIndex = clause;
        return turn;
    }
}
