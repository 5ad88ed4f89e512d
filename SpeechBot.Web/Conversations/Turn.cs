namespace SpeechBot.Web.Conversations;

/// <summary>
/// One exchange: what the person said and what was answered. Written by the session that runs it and read by whoever renders it;
/// every property is replaced whole, so a reader never sees half a change.
/// </summary>
public sealed class Turn(string id, DateTimeOffset startedAt)
{
    /// <summary>Names the turn in the history and in telemetry.</summary>
    public string Id { get; } = id;

    /// <summary>When the person began to speak, or pressed Enter.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>What the person said, as the ears understood it, or typed.</summary>
    public string UserText { get; internal set; } = "";

    /// <summary>The answer so far, also what has not been heard of it.</summary>
    public string BotText { get; internal set; } = "";

    /// <summary>What the person has heard of the answer; the part of <see cref="BotText"/> that the brain will remember.</summary>
    public string HeardText { get; internal set; } = "";

    /// <summary>How far the turn has come.</summary>
    public TurnState State { get; internal set; }

    /// <summary>In words for the person, what went wrong; null if nothing did.</summary>
    public string? Failure { get; internal set; }

    /// <summary>When each stage delivered.</summary>
    public TurnTimings Timings { get; internal set; } = new();

    /// <summary>The W3C trace id under which the turn is found in the dashboard; null while nothing was recorded.</summary>
    public string? TraceId { get; internal set; }

    /// <summary>The pieces that the answer is spoken in.</summary>
    public IReadOnlyList<SpokenClause> Clauses { get; internal set; } = [];

    /// <summary>Index into <see cref="Clauses"/> of what is being heard; -1 while nothing is.</summary>
    public int SpokenClauseIndex { get; internal set; } = -1;

    /// <summary>The person's item on the realtime connection, under which a page may keep the recording; null for a turn of the past.</summary>
    public string? UserItemId { get; internal set; }

    /// <summary>The answer's item on the realtime connection, under which a page may keep the audio; null for a turn of the past.</summary>
    public string? AnswerItemId { get; internal set; }

    /// <summary>The steps as a person sees them.</summary>
    public IReadOnlyList<TurnStep> Steps => Timings.Steps(State);

    /// <summary>Nothing more will happen to this turn.</summary>
    public bool Ended => State is TurnState.Done or TurnState.Interrupted or TurnState.Failed;

    /// <summary>Whether one of the two said this; case does not matter.</summary>
    internal bool Mentions(string text) => UserText.Contains(text, StringComparison.OrdinalIgnoreCase) || BotText.Contains(text, StringComparison.OrdinalIgnoreCase);
}
