namespace SpeechBot.Web.Conversations;

/// <summary>How far a step of a turn has come.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Going on now.</summary>
    Running,

    /// <summary>Finished.</summary>
    Done,

    /// <summary>Ended without a result.</summary>
    Failed,
}
