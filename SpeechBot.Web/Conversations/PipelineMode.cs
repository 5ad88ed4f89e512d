namespace SpeechBot.Web.Conversations;

/// <summary>How much of the answer is worked out before the stage in front of it has finished.</summary>
public enum PipelineMode
{
    /// <summary>Whole transcript, whole reply, whole audio, one after the other: the baseline to measure against.</summary>
    Sequential,

    /// <summary>Each stage starts with the first piece of the one before it.</summary>
    Streamed,

    /// <summary>Like <see cref="Streamed"/>, and the answer is worked out, unheard, while it is still open whether the turn is over.</summary>
    Speculative,
}
