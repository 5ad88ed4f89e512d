using System.Text.Json;
using System.Text.Json.Nodes;
using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Hearing;

/// <summary>What a client can set with <c>session.update</c>, in the shape of OpenAI's transcription sessions.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Model">The model that transcribes.</param>
/// <param name="Detection">When a turn is over.</param>
public sealed record RealtimeSettings(string Id, string Model, TurnDetection Detection)
{
    /// <summary>Samples per second of the audio that the client sends: 24,000 in OpenAI's protocol; 8,000 to 48,000 are taken.</summary>
    public int InputRate { get; init; } = 24_000;

    /// <summary>The spoken language; null for the configured one.</summary>
    public string? Language { get; init; }

    /// <summary>Text in whose style and spelling the transcripts continue.</summary>
    public string? Prompt { get; init; }

    /// <summary>The settings after an update; what it does not name stays.</summary>
    /// <exception cref="RealtimeException">A value cannot be used.</exception>
    public RealtimeSettings With(JsonElement session, HearingOptions options)
    {
        // OpenAI has these under audio.input; turn_detection is taken from the top as well.
        var input = Find(Find(session, "audio"), "input");
        var settings = this;
        if (Find(Find(input, "format"), "rate") is { } rate)
        {
            settings = settings with
            {
                InputRate = rate.ValueKind == JsonValueKind.Number && rate.TryGetInt32(out var hertz) && hertz is >= 8_000 and <= 48_000
                    ? hertz
                    : throw new RealtimeException($"The rate is {rate}; use 8000 to 48000.", param: "session.audio.input.format.rate"),
            };
        }

        if (Find(input, "transcription") is { ValueKind: JsonValueKind.Object } transcription)
        {
            settings = settings with { Language = Text(transcription, "language"), Prompt = Text(transcription, "prompt") };
        }

        return (Find(input, "turn_detection") ?? Find(session, "turn_detection")) is { } detection
            ? settings with { Detection = TurnDetectionJson.Read(detection, options) }
            : settings;
    }

    /// <summary>The settings as <c>session.created</c> and <c>session.updated</c> tell them.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = "realtime.transcription_session",
        ["type"] = "transcription",
        ["audio"] = new JsonObject
        {
            ["input"] = new JsonObject
            {
                ["format"] = new JsonObject { ["type"] = "audio/pcm", ["rate"] = InputRate },
                ["transcription"] = new JsonObject { ["model"] = Model, ["language"] = Language, ["prompt"] = Prompt },
                ["turn_detection"] = TurnDetectionJson.Write(Detection),
            },
        },
    };

    private static JsonElement? Find(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        Find(parent, name) is not { } value || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= TranscriptionForm.LongestPrompt } text ? (text.Length > 0 ? text : null)
        : throw new RealtimeException($"{name} must be a text of at most {TranscriptionForm.LongestPrompt} characters.", param: $"session.audio.input.transcription.{name}");
}
