using System.ComponentModel.DataAnnotations;

namespace SpeechBot.Web.History;

/// <summary>How long talks are kept; the section <c>History</c> of the configuration.</summary>
public sealed class HistoryOptions
{
    // "History": { "KeepDays": 30 }

    /// <summary>The section's name.</summary>
    public const string Section = "History";

    /// <summary>Days after which a talk that nobody used is forgotten.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 30;
}
