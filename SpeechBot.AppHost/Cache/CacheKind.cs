namespace SpeechBot.AppHost.Cache;

/// <summary>Where the conversation history lives while developing.</summary>
public enum CacheKind
{
    /// <summary>A container where a container engine runs, else embedded.</summary>
    Auto,

    /// <summary>Redis in a container.</summary>
    Container,

    /// <summary>Garnet, Microsoft's Redis-compatible server, in a process of its own; needs nothing installed.</summary>
    Embedded,
}
