namespace SpeechBot.Web.Clients;

/// <summary>The services that a turn goes through.</summary>
public enum Stage
{
    /// <summary>Speech to text.</summary>
    Ears,

    /// <summary>The language model.</summary>
    Brain,

    /// <summary>Text to speech.</summary>
    Voice,
}
