namespace SpeechBot.Web.Components.Talk;

/// <summary>How a piece of an answer stands to the voice that speaks it.</summary>
public enum CaptionProgress
{
    /// <summary>It was heard, or the whole answer was.</summary>
    Heard,

    /// <summary>It is being spoken now.</summary>
    Speaking,

    /// <summary>It is still to come.</summary>
    Coming,

    /// <summary>It was never spoken: the answer was stopped before.</summary>
    Unheard,
}
