using SpeechBot.Web.Clients;

namespace SpeechBot.Web;

/// <summary>What the web service logs. Spoken words and answers never stand in a log.</summary>
internal static partial class WebLog
{
    [LoggerMessage(EventId = 4001, EventName = "StageFailed", Level = LogLevel.Warning, Message = "{Stage} failed in turn {TurnId}")]
    internal static partial void StageFailed(this ILogger logger, Exception failure, Stage stage, string turnId);

    [LoggerMessage(EventId = 4002, EventName = "TurnFailed", Level = LogLevel.Error, Message = "Turn {TurnId} failed")]
    internal static partial void TurnFailed(this ILogger logger, Exception failure, string turnId);

    [LoggerMessage(EventId = 4003, EventName = "SessionOpened", Level = LogLevel.Information, Message = "A session was opened; {Count} are open")]
    internal static partial void SessionOpened(this ILogger logger, int count);

    [LoggerMessage(EventId = 4004, EventName = "SessionClosed", Level = LogLevel.Information, Message = "A session was closed; {Count} are open")]
    internal static partial void SessionClosed(this ILogger logger, int count);

    [LoggerMessage(EventId = 4005, EventName = "RealtimeFailed", Level = LogLevel.Warning, Message = "A realtime connection ended with an error")]
    internal static partial void RealtimeFailed(this ILogger logger, Exception failure);

    [LoggerMessage(EventId = 4006, EventName = "HistoryAway", Level = LogLevel.Warning, Message = "The history cannot be written: {Reason}. Talks are kept in memory until it is back")]
    internal static partial void HistoryAway(this ILogger logger, string reason);

    [LoggerMessage(EventId = 4007, EventName = "HistoryBack", Level = LogLevel.Information, Message = "The history is back; {Count} turns were written that had been kept in memory")]
    internal static partial void HistoryBack(this ILogger logger, int count);

    [LoggerMessage(EventId = 4008, EventName = "ServiceReady", Level = LogLevel.Information, Message = "{Service} is ready")]
    internal static partial void ServiceReady(this ILogger logger, string service);

    [LoggerMessage(EventId = 4009, EventName = "ServiceAway", Level = LogLevel.Warning, Message = "{Service} is away: {Reason}")]
    internal static partial void ServiceAway(this ILogger logger, string service, string reason);

    [LoggerMessage(EventId = 4010, EventName = "EarsFailed", Level = LogLevel.Warning, Message = "The connection to the ears failed")]
    internal static partial void EarsFailed(this ILogger logger, Exception failure);

    [LoggerMessage(EventId = 4020, EventName = "KeysAway", Level = LogLevel.Warning, Message = "The keys of the page cannot be read or written: {Reason}. Until they can be, other replicas cannot open what this one seals")]
    internal static partial void KeysAway(this ILogger logger, string reason);

    [LoggerMessage(EventId = 4050, EventName = "RehearsalFailed", Level = LogLevel.Information, Message = "The rehearsal did not come to its end ({Reason}); the first turn may be slower than the others")]
    internal static partial void RehearsalFailed(this ILogger logger, string reason);

    [LoggerMessage(EventId = 4060, EventName = "TurnEnded", Level = LogLevel.Information, Message = "Turn {TurnId} is {Outcome}; voice to voice {VoiceToVoiceMs:0} ms")]
    internal static partial void TurnEnded(this ILogger logger, string turnId, string outcome, double voiceToVoiceMs);
}
