using System.Text.Json;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.History;

/// <summary>A turn as it is stored; <see cref="Order"/> puts the turns of a talk in a row.</summary>
internal sealed record StoredTurn(
    string Id, long Order, string UserText, string BotText, string HeardText, TurnState State, string? Failure, string? TraceId, TurnTimings Timings, IReadOnlyList<SpokenClause> Clauses)
{
    internal static string Write(Turn turn) => JsonSerializer.Serialize(new StoredTurn(
        turn.Id, turn.StartedAt.ToUnixTimeMilliseconds(), turn.UserText, turn.BotText, turn.HeardText, turn.State, turn.Failure, turn.TraceId, turn.Timings, turn.Clauses));

    /// <summary>Reads a turn back. One that was being answered when the process ended was interrupted, as far as anybody knows.</summary>
    internal static Turn Read(string json)
    {
        var stored = JsonSerializer.Deserialize<StoredTurn>(json)!;
        return new Turn(stored.Id, DateTimeOffset.FromUnixTimeMilliseconds(stored.Order))
        {
            UserText = stored.UserText,
            BotText = stored.BotText,
            HeardText = stored.HeardText,
            State = stored.State is TurnState.Done or TurnState.Failed ? stored.State : TurnState.Interrupted,
            Failure = stored.Failure,
            TraceId = stored.TraceId,
            Timings = stored.Timings,
            Clauses = stored.Clauses,
        };
    }
}
