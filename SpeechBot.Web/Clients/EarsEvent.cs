namespace SpeechBot.Web.Clients;

/// <summary>
/// What the ears tell while they listen: OpenAI's transcription events, <c>speechbot.voice.paused</c> and <c>.resumed</c>, and
/// <c>speechbot.turn.candidate</c>, <c>.confirmed</c> and <c>.dropped</c>. Times are milliseconds of the audio that was sent over this
/// connection; a field that an event has not is null.
/// </summary>
public sealed record EarsEvent(
    string Type, string? ItemId = null, string? Transcript = null, string? Delta = null, string? Reason = null, double? AudioStartMs = null, double? AudioEndMs = null, EarsError? Error = null,
    double? Probability = null, EarsTimings? Timings = null);

/// <summary>What was wrong.</summary>
public sealed record EarsError(string? Message = null);

/// <summary>How the end of a turn was found.</summary>
public sealed record EarsTimings(double? EndOfTurnMs = null, int? EndOfTurnAsks = null);
