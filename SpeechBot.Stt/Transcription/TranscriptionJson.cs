using System.Text.Json.Serialization;

namespace SpeechBot.Stt.Transcription;

/// <summary>The answer in the format <c>json</c>.</summary>
/// <param name="Text">All words.</param>
/// <param name="Usage">How much audio it was.</param>
public sealed record TranscriptionJson(
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("usage")] TranscriptionUsage Usage);

/// <summary>How much audio was transcribed.</summary>
/// <param name="Seconds">Seconds, rounded up.</param>
public sealed record TranscriptionUsage([property: JsonPropertyName("seconds")] int Seconds)
{
    /// <summary>Always <c>duration</c>.</summary>
    [JsonPropertyName("type"), JsonPropertyOrder(-1)]
    public string Type { get; } = "duration";

    /// <summary>The usage of audio of this length.</summary>
    public static TranscriptionUsage Of(TimeSpan duration) => new((int)Math.Ceiling(duration.TotalSeconds));
}

/// <summary>The answer in the format <c>verbose_json</c>.</summary>
public sealed record TranscriptionVerboseJson(
    [property: JsonPropertyName("task")] string Task,
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("duration")] double Duration,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("segments"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TranscriptionVerboseSegment>? Segments,
    [property: JsonPropertyName("words"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TranscriptionVerboseWord>? Words,
    [property: JsonPropertyName("usage")] TranscriptionUsage Usage);

/// <summary>A segment of <c>verbose_json</c>; times in seconds.</summary>
public sealed record TranscriptionVerboseSegment(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("seek")] int Seek,
    [property: JsonPropertyName("start")] double Start,
    [property: JsonPropertyName("end")] double End,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("tokens")] IReadOnlyList<int> Tokens,
    [property: JsonPropertyName("temperature")] double Temperature,
    [property: JsonPropertyName("avg_logprob")] double AverageLogProbability,
    [property: JsonPropertyName("compression_ratio")] double CompressionRatio,
    [property: JsonPropertyName("no_speech_prob")] double NoSpeechProbability);

/// <summary>A word of <c>verbose_json</c>; times in seconds.</summary>
public sealed record TranscriptionVerboseWord(
    [property: JsonPropertyName("word")] string Word,
    [property: JsonPropertyName("start")] double Start,
    [property: JsonPropertyName("end")] double End);
