namespace SpeechBot.Web.Clients;

/// <summary>A stage of a turn could not do its work. The message is a sentence for the person in the conversation; the cause is for the log.</summary>
public sealed class StageException(Stage stage, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Which service it was.</summary>
    public Stage Stage { get; } = stage;
}
