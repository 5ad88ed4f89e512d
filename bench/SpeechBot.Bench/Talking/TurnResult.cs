using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechBot.Bench.Talking;

/// <summary>What came of one question.</summary>
public sealed record TurnResult
{
    /// <summary>The recording's name.</summary>
    public required string Clip { get; init; }

    /// <summary>Last voiced sample spoken to first audible sample played, in ms; null where nothing was to be heard.</summary>
    public double? VoiceToVoice { get; init; }

    /// <summary>The parts of it, in ms, by the names of the page's waterfall: ears, brain, voice, wait, sound.</summary>
    public required IReadOnlyDictionary<string, double> Stages { get; init; }

    /// <summary>The web service's own timings: marks, segments and the trace id; null where it sent none.</summary>
    [JsonIgnore]
    public JsonElement? Timings { get; init; }

    /// <summary>Something was to be heard before the voice had ended.</summary>
    public bool AnsweredEarly { get; init; }

    /// <summary>How long an early answer was still to be heard once the speaker was to be heard again, in ms: 0 where it was silent by then. Null where there was none.</summary>
    public double? SpokeOver { get; init; }

    /// <summary>The longest silence in the middle of the answer because its sound had not come yet, in ms; null where nothing was to be heard.</summary>
    public double? Gap { get; init; }

    public required string Transcript { get; init; }

    public required string Answer { get; init; }

    /// <summary>Why there is no answer; null where there is one.</summary>
    public string? Error { get; init; }

    /// <summary>CPU that other programs used meanwhile, in percent of one core; null where it cannot be told.</summary>
    public double? Others { get; init; }
}
