using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SpeechBot.Tts.Api;

/// <summary>The body of <c>POST /v1/audio/speech</c>, as OpenAI has it, with our additions.</summary>
public sealed record SpeechRequest
{
    /// <summary>A name from <c>/v1/models</c>.</summary>
    [JsonPropertyName("model")]
    [Description("A name from /v1/models; the service has one voice model and takes OpenAI's names as well.")]
    public string? Model { get; init; }

    /// <summary>The text to speak.</summary>
    [JsonPropertyName("input")]
    [Description("The text to speak, at most 4096 characters; markdown, links and emoji are left out.")]
    public string? Input { get; init; }

    /// <summary>A name from <c>/v1/voices</c>, or one of OpenAI's.</summary>
    [JsonPropertyName("voice")]
    [Description("A name from /v1/voices, or one of OpenAI's names, which stand for the default voice.")]
    public string? Voice { get; init; }

    /// <summary>wav or pcm.</summary>
    [JsonPropertyName("response_format")]
    [Description("wav (default) or pcm: 16 bits, one channel.")]
    public string? ResponseFormat { get; init; }

    /// <summary>From 0.25 to 4.</summary>
    [JsonPropertyName("speed")]
    [Description("From 0.25 to 4; 1 is the voice's own rate. A Piper voice gives every sound a least length, so 2 makes it about 1.6 times as fast.")]
    public double? Speed { get; init; }

    /// <summary>audio or sse.</summary>
    [JsonPropertyName("stream_format")]
    [Description("audio (default): the bytes as they are made; sse: events speech.audio.delta and speech.audio.done.")]
    public string? StreamFormat { get; init; }

    /// <summary>Taken and ignored: the voices cannot be directed.</summary>
    [JsonPropertyName("instructions")]
    [Description("Taken and ignored: these voices cannot be directed.")]
    public string? Instructions { get; init; }

    /// <summary>Samples a second.</summary>
    [JsonPropertyName("sample_rate")]
    [Description("Ours: samples a second of the answer, 8000 to 48000; 24000 unless configured otherwise.")]
    public int? SampleRate { get; init; }

    /// <summary>What a conversation adds.</summary>
    [JsonPropertyName("speechbot")]
    [Description("Ours: says that the text is one clause of a longer answer.")]
    public ClauseHint? SpeechBot { get; init; }
}

/// <summary>Says that a text is one piece of an answer that is spoken piece by piece.</summary>
public sealed record ClauseHint
{
    /// <summary>True where the sentence goes on in the next piece: no full stop is added and the voice stays up. Otherwise the pause after a sentence follows.</summary>
    [JsonPropertyName("clause")]
    [Description("true where the sentence goes on in the next piece; otherwise the pause of its last mark follows.")]
    public bool Clause { get; init; }

    /// <summary>The piece's place in the answer. The first, 0, is made before all others and on all cores.</summary>
    [JsonPropertyName("index")]
    [Description("The piece's place in the answer; 0, the first, is made before all others.")]
    public int Index { get; init; }
}
