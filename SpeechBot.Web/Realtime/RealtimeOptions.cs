using System.ComponentModel.DataAnnotations;

namespace SpeechBot.Web.Realtime;

/// <summary>Limits on what realtime clients may ask for; the section <c>Realtime</c> of the configuration.</summary>
public sealed class RealtimeOptions
{
    // "Realtime": { "MaxSessions": 32, "MaxMessageBytes": 262144, "IdleMinutes": 30 }

    /// <summary>The section's name.</summary>
    public const string Section = "Realtime";

    /// <summary>How many sessions may be open, pages and API clients together.</summary>
    [Range(1, 10_000)]
    public int MaxSessions { get; set; } = 32;

    /// <summary>The largest message, in bytes.</summary>
    [Range(4096, 16 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 256 * 1024;

    /// <summary>A session in which nothing happened for this long is closed.</summary>
    [Range(1, 24 * 60)]
    public int IdleMinutes { get; set; } = 30;
}
