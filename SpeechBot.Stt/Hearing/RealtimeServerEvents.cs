using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Hearing;

/// <summary>An event to the client, an object with a <c>type</c> in OpenAI's Realtime names; ours begin with <c>speechbot.</c>. Times are in
/// milliseconds of the audio that was sent since the session began.</summary>
/// <param name="Type">The event's name.</param>
public abstract record RealtimeServerEvent([property: JsonPropertyOrder(-2)] string Type)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The event's own id.</summary>
    [JsonPropertyOrder(-1)]
    public string EventId { get; } = $"event_{Guid.CreateVersion7():N}";

    /// <summary>The event as UTF-8 JSON.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, GetType(), Json);
}

/// <summary>The session began, or its settings changed.</summary>
public sealed record SessionEvent(string Name, JsonObject Session) : RealtimeServerEvent(Name)
{
    /// <summary>Only the type goes over the wire.</summary>
    [JsonIgnore]
    public string Name { get; } = Name;
}

/// <summary>A voice was heard.</summary>
public sealed record SpeechStarted(string ItemId, long AudioStartMs) : RealtimeServerEvent("input_audio_buffer.speech_started");

/// <summary>The turn is over, by silence.</summary>
public sealed record SpeechStopped(string ItemId, long AudioEndMs) : RealtimeServerEvent("input_audio_buffer.speech_stopped");

/// <summary>What was said became an item.</summary>
public sealed record BufferCommitted(string ItemId) : RealtimeServerEvent("input_audio_buffer.committed");

/// <summary>What was said was thrown away.</summary>
public sealed record BufferCleared() : RealtimeServerEvent("input_audio_buffer.cleared");

/// <summary>Words that will not change any more.</summary>
public sealed record TranscriptionDelta(string ItemId, string Delta) : RealtimeServerEvent("conversation.item.input_audio_transcription.delta")
{
    /// <summary>Always 0.</summary>
    public int ContentIndex { get; }
}

/// <summary>All words.</summary>
public sealed record TranscriptionCompleted(string ItemId, string Transcript, TranscriptionUsage Usage) : RealtimeServerEvent("conversation.item.input_audio_transcription.completed")
{
    /// <summary>Always 0.</summary>
    public int ContentIndex { get; }
}

/// <summary>The words could not be found out.</summary>
public sealed record TranscriptionFailed(string ItemId, OpenAiError Error) : RealtimeServerEvent("conversation.item.input_audio_transcription.failed")
{
    /// <summary>Always 0.</summary>
    public int ContentIndex { get; }
}

/// <summary>The voice stopped a moment ago, be it for a breath or for good; the words are being found out.</summary>
public sealed record VoicePaused(string ItemId, long AudioEndMs) : RealtimeServerEvent("speechbot.voice.paused");

/// <summary>The voice goes on after a pause.</summary>
public sealed record VoiceResumed(string ItemId) : RealtimeServerEvent("speechbot.voice.resumed");

/// <summary>The speaker pauses; if the turn ends here, these are its words. A brain can run ahead with them.</summary>
public sealed record TurnCandidate(string ItemId, string Transcript, long AudioEndMs, float? Probability) : RealtimeServerEvent("speechbot.turn.candidate");

/// <summary>The turn is over.</summary>
/// <param name="ItemId">The utterance.</param>
/// <param name="Transcript">All its words.</param>
/// <param name="AudioEndMs">Its last voiced sample.</param>
/// <param name="Probability">How likely the speaker has finished, where it was asked.</param>
/// <param name="WaitedMs">The silence after its last voiced sample.</param>
/// <param name="Timings">Where the time went.</param>
public sealed record TurnConfirmed(string ItemId, string Transcript, long AudioEndMs, float? Probability, long WaitedMs, TurnTimings Timings) : RealtimeServerEvent("speechbot.turn.confirmed");

/// <summary>The stages of a turn's end, in milliseconds.</summary>
/// <param name="TranscriptionMs">How long the last transcription took, waiting included.</param>
/// <param name="TranscribedAtMs">The silence when it was there.</param>
/// <param name="EndOfTurnMs">How long the last question took whether the speaker has finished.</param>
/// <param name="EndOfTurnAsks">How often it was asked.</param>
public sealed record TurnTimings(double TranscriptionMs, long TranscribedAtMs, double EndOfTurnMs, int EndOfTurnAsks);

/// <summary>The speaker went on (the same item continues), or it was only a noise: the candidate is void.</summary>
/// <param name="ItemId">The utterance.</param>
/// <param name="Reason"><c>resumed</c>, <c>noise</c> or <c>cleared</c>; after the latter two nothing more comes for the item.</param>
public sealed record TurnDropped(string ItemId, string Reason) : RealtimeServerEvent("speechbot.turn.dropped");

/// <summary>An event of the client could not be used. The session goes on.</summary>
public sealed record ErrorEvent(RealtimeErrorDetails Error) : RealtimeServerEvent("error");

/// <summary>What was wrong.</summary>
public sealed record RealtimeErrorDetails(string Type, string? Code, string Message, string? Param, string? EventId);
