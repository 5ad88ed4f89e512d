namespace SpeechBot.Stt.Hearing;

/// <summary>An event of the client that cannot be used. The message says what was sent and what would be right; the session goes on.</summary>
public sealed class RealtimeException(string message, string code = "invalid_value", string? param = null) : Exception(message)
{
    /// <summary>A word for programs.</summary>
    public string Code { get; } = code;

    /// <summary>The field at fault.</summary>
    public string? Param { get; } = param;
}
