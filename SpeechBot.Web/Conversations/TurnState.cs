namespace SpeechBot.Web.Conversations;

/// <summary>Where a turn stands. A session that has no live turn is <see cref="Idle"/>; the last three are final.</summary>
public enum TurnState
{
    /// <summary>Nobody speaks and nothing is being worked out.</summary>
    Idle,

    /// <summary>The person is speaking.</summary>
    Listening,

    /// <summary>The person paused: is the turn over? The answer may already be worked out, unheard.</summary>
    Deciding,

    /// <summary>The turn is over and the first sound of the answer is not there yet.</summary>
    Thinking,

    /// <summary>The answer is being heard.</summary>
    Speaking,

    /// <summary>The answer was heard to its end.</summary>
    Done,

    /// <summary>The person stopped the answer; only what was heard counts.</summary>
    Interrupted,

    /// <summary>A stage failed; <see cref="Turn.Failure"/> says which, in words for the person.</summary>
    Failed,
}
