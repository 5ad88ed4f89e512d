using System.Text.Json.Serialization;

namespace SpeechBot.Web.Realtime;

/// <summary>What goes to a realtime client, as docs/realtime.md describes it. Names on the wire are in snake case.</summary>
public abstract record ServerEvent([property: JsonPropertyOrder(-2)] string Type)
{
    /// <summary>Numbered by the connection that sends it.</summary>
    [JsonPropertyOrder(-1)]
    public string? EventId { get; init; }
}

#pragma warning disable CS1591 // The fields are explained once, in docs/realtime.md.

public sealed record SessionCreated(SessionView Session) : ServerEvent("session.created");

public sealed record SessionUpdated(SessionView Session) : ServerEvent("session.updated");

public sealed record SpeechStarted(double AudioStartMs, string ItemId) : ServerEvent("input_audio_buffer.speech_started");

public sealed record SpeechStopped(double AudioEndMs, string ItemId) : ServerEvent("input_audio_buffer.speech_stopped");

public sealed record InputCommitted(string ItemId) : ServerEvent("input_audio_buffer.committed");

public sealed record InputCleared() : ServerEvent("input_audio_buffer.cleared");

public sealed record ItemAdded(ItemView Item) : ServerEvent("conversation.item.added");

public sealed record ItemDone(ItemView Item) : ServerEvent("conversation.item.done");

public sealed record ItemDeleted(string ItemId) : ServerEvent("conversation.item.deleted");

public sealed record ItemTruncated(string ItemId, int ContentIndex, double AudioEndMs) : ServerEvent("conversation.item.truncated");

public sealed record TranscriptionDelta(string ItemId, string Delta) : ServerEvent("conversation.item.input_audio_transcription.delta");

public sealed record TranscriptionCompleted(string ItemId, string Transcript) : ServerEvent("conversation.item.input_audio_transcription.completed");

public sealed record TranscriptionFailed(string ItemId, ErrorView Error) : ServerEvent("conversation.item.input_audio_transcription.failed");

public sealed record ResponseCreated(ResponseView Response) : ServerEvent("response.created");

public sealed record OutputItemAdded(string ResponseId, ItemReference Item, AudioReference Speechbot) : ServerEvent("response.output_item.added");

public sealed record OutputAudioDelta(string ResponseId, string ItemId, ReadOnlyMemory<byte> Delta) : ServerEvent("response.output_audio.delta")
{
    [JsonIgnore]
    public uint Number { get; init; }

    [JsonIgnore]
    public uint Position { get; init; }
}

public sealed record OutputTranscriptDelta(string ResponseId, string ItemId, string Delta) : ServerEvent("response.output_audio_transcript.delta");

public sealed record OutputTranscriptDone(string ResponseId, string ItemId, string Transcript) : ServerEvent("response.output_audio_transcript.done");

public sealed record OutputAudioDone(string ResponseId, string ItemId) : ServerEvent("response.output_audio.done");

public sealed record ResponseDone(ResponseView Response) : ServerEvent("response.done");

public sealed record OutputAudioCleared(string ItemId) : ServerEvent("output_audio_buffer.cleared");

public sealed record ErrorEvent(ErrorView Error) : ServerEvent("error");

public sealed record Pong(double ClientTime, double ServerTime) : ServerEvent("speechbot.pong");

public sealed record StateChanged(string State, string? Notice) : ServerEvent("speechbot.state");

public sealed record AudioDuck(string ItemId) : ServerEvent("speechbot.output_audio.duck");

public sealed record AudioResume(string ItemId) : ServerEvent("speechbot.output_audio.resume");

public sealed record TurnTimingsEvent(string TurnId, string? TraceId, IReadOnlyDictionary<string, double> Marks, IReadOnlyList<SegmentView> Segments) : ServerEvent("speechbot.turn.timings");

public sealed record ItemReference(string Id, string Type = "message", string Role = "assistant");

public sealed record AudioReference(uint Audio);

public sealed record ItemView(string Id, string Role, string Status, IReadOnlyList<ContentView> Content, string Type = "message");

public sealed record ContentView(string Type, string? Text = null, string? Transcript = null);

public sealed record ResponseView(string Id, string Status, StatusDetails? StatusDetails = null, UsageView? Usage = null, string Object = "realtime.response");

public sealed record StatusDetails(string Type, string? Reason = null, ErrorView? Error = null);

public sealed record UsageView(long TotalTokens, long InputTokens, long OutputTokens);

public sealed record ErrorView(string Type, string? Code, string Message, string? Param = null, string? EventId = null);

public sealed record SegmentView(string Name, double StartMs, double EndMs);
