using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SpeechBot.Stt.Transcription;

/// <summary>The form of <c>POST /v1/audio/transcriptions</c>, for its description only; <see cref="TranscriptionForm"/> reads it.</summary>
public sealed class TranscriptionFormFields
{
    /// <summary>The recording.</summary>
    [Required, JsonPropertyName("file"), Description("A WAV file")]
    public IFormFile File { get; set; } = null!;

    /// <summary>The model.</summary>
    [JsonPropertyName("model"), Description("whisper-1, or the name that GET /v1/models lists"), DefaultValue(WhisperModel.OpenAiAlias)]
    public string Model { get; set; } = WhisperModel.OpenAiAlias;

    /// <summary>The spoken language.</summary>
    [JsonPropertyName("language"), Description("Two letters, such as en")]
    public string? Language { get; set; }

    /// <summary>Text to continue.</summary>
    [JsonPropertyName("prompt"), Description("Text in whose style and spelling the transcript continues")]
    public string? Prompt { get; set; }

    /// <summary>The form of the answer.</summary>
    [JsonPropertyName("response_format"), Description("json, text, verbose_json, srt or vtt"), DefaultValue("json")]
    public string? ResponseFormat { get; set; }

    /// <summary>Sampling temperature.</summary>
    [JsonPropertyName("temperature"), Description("0 to 1"), DefaultValue(0.0)]
    public double? Temperature { get; set; }

    /// <summary>Whether the answer is streamed.</summary>
    [JsonPropertyName("stream"), Description("true for server-sent events"), DefaultValue(false)]
    public bool? Stream { get; set; }

    /// <summary>Which times verbose_json tells.</summary>
    [JsonPropertyName("timestamp_granularities[]"), Description("segment, word or both; with verbose_json only")]
    public string[]? TimestampGranularities { get; set; }
}
