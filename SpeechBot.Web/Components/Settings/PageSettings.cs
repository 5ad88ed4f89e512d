using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Components.Settings;

/// <summary>What a person has set in this browser, and where they were. Kept in the browser, never on the server.</summary>
public sealed record PageSettings
{
    /// <summary>What goes with every talk.</summary>
    public SessionSettings Session { get; init; } = new();

    /// <summary>Light, dark, or as the browser says.</summary>
    public ThemeChoice Theme { get; init; }

    /// <summary>Device id of the microphone; null is the browser's choice.</summary>
    public string? Microphone { get; init; }

    /// <summary>Device id of the loudspeaker; null is the browser's choice.</summary>
    public string? Loudspeaker { get; init; }

    /// <summary>How loud answers are, 0 to 1.</summary>
    public double Volume { get; init; } = 1;

    /// <summary>Show what was said as text; off, each line shows its words when asked to.</summary>
    public bool ShowText { get; init; } = true;

    /// <summary>The list of talks is open beside the talk (wide windows only).</summary>
    public bool ShowTalks { get; init; } = true;

    /// <summary>The person has read what the starter brain is.</summary>
    public bool StarterNoticeRead { get; init; }

    /// <summary>The talk to go on with after a reload.</summary>
    public string? ConversationId { get; init; }
}
