using System.Text.Json;
using System.Text.Json.Nodes;

namespace SpeechBot.Stt.Hearing;

/// <summary><see cref="TurnDetection"/> in OpenAI's shape: null, <c>server_vad</c> or <c>semantic_vad</c>.</summary>
internal static class TurnDetectionJson
{
    private const string Path = "session.audio.input.turn_detection";

    public static TurnDetection Read(JsonElement json, HearingOptions options)
    {
        var defaults = TurnDetection.Default(options);
        if (json.ValueKind == JsonValueKind.Null)
        {
            return defaults with { Mode = TurnMode.Manual };
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new RealtimeException("turn_detection is null, or an object whose type is server_vad or semantic_vad.", param: Path);
        }

        var type = json.TryGetProperty("type", out var named) ? named.ToString() : "semantic_vad";
        var common = defaults with
        {
            VoiceThreshold = (float)Number(json, "threshold", defaults.VoiceThreshold, 0.01, 0.99),
            PrefixPadding = TimeSpan.FromMilliseconds(Number(json, "prefix_padding_ms", defaults.PrefixPadding.TotalMilliseconds, 0, 2_000)),
        };
        return type switch
        {
            "server_vad" => common with
            {
                Mode = TurnMode.Silence,
                Silence = TimeSpan.FromMilliseconds(Number(json, "silence_duration_ms", defaults.Silence.TotalMilliseconds, 50, 10_000)),
            },
            "semantic_vad" => common with { Mode = TurnMode.Semantic, Patience = ReadPatience(json, options) },
            _ => throw new RealtimeException($"turn_detection.type is '{type}'; use server_vad, semantic_vad, or null instead of the object.", param: Path + ".type"),
        };
    }

    public static JsonObject? Write(TurnDetection detection) => detection.Mode switch
    {
        TurnMode.Silence => new JsonObject
        {
            ["type"] = "server_vad",
            ["threshold"] = Math.Round(detection.VoiceThreshold, 3),
            ["prefix_padding_ms"] = detection.PrefixPadding.TotalMilliseconds,
            ["silence_duration_ms"] = detection.Silence.TotalMilliseconds,
        },
        TurnMode.Semantic => new JsonObject
        {
            ["type"] = "semantic_vad",
            ["threshold"] = Math.Round(detection.VoiceThreshold, 3),
            ["prefix_padding_ms"] = detection.PrefixPadding.TotalMilliseconds,
            ["patience"] = detection.Patience.TotalSeconds,
        },
        _ => null,
    };

    // OpenAI's word for how long to wait; patience in seconds is ours and exact.
    private static TimeSpan ReadPatience(JsonElement json, HearingOptions options)
    {
        var eagerness = json.TryGetProperty("eagerness", out var named) ? named.ToString() : "auto";
        var share = eagerness switch
        {
            "low" => 2,
            "auto" or "medium" => 1,
            "high" => 0.5,
            _ => throw new RealtimeException($"eagerness is '{eagerness}'; use low, medium, high or auto.", param: Path + ".eagerness"),
        };
        return TimeSpan.FromSeconds(Number(json, "patience", options.PatienceSeconds * share, options.ConfirmSeconds, 30));
    }

    private static double Number(JsonElement json, string name, double otherwise, double least, double most) =>
        !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
        : throw new RealtimeException($"{name} is {value}; use a number from {least} to {most}.", param: $"{Path}.{name}");
}
