using System.ComponentModel.DataAnnotations;

namespace SpeechBot.Web.Clients;

/// <summary>How long a turn waits for each service before it says that it is too slow; the section <c>Stages</c> of the configuration.</summary>
public sealed class StageOptions
{
    // "Stages": { "EarsSeconds": 60, "BrainSeconds": 60, "VoiceSeconds": 30 }

    /// <summary>The section's name.</summary>
    public const string Section = "Stages";

    /// <summary>For a whole transcript.</summary>
    [Range(1, 600)]
    public double EarsSeconds { get; set; } = 60;

    /// <summary>For the first token, and between two tokens; a big model on a CPU may read long before it writes.</summary>
    [Range(1, 600)]
    public double BrainSeconds { get; set; } = 60;

    /// <summary>For the first audio of a clause, and between two pieces of it.</summary>
    [Range(1, 600)]
    public double VoiceSeconds { get; set; } = 30;

    internal TimeSpan DeadlineOf(Stage stage) => TimeSpan.FromSeconds(stage switch
    {
        Stage.Ears => EarsSeconds,
        Stage.Brain => BrainSeconds,
        _ => VoiceSeconds,
    });
}
