namespace SpeechBot.Web.Conversations;

/// <summary>Who decides where a turn ends: the person with a button, or the ears.</summary>
public enum TurnMode
{
    /// <summary>The client commits the audio and asks for the answer.</summary>
    PushToTalk,

    /// <summary>The microphone stays open and the ears find the end of the turn.</summary>
    HandsFree,
}
