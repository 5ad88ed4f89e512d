namespace Aspire.StackExchange.Redis;

/// <summary>How the client is registered; bound to Aspire:StackExchange:Redis and to the section below it with the connection's name.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>Where the server is; ConnectionStrings:name wins.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>True when no health check is wanted.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>True when no spans are wanted; this stand-in makes none.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>True when the connection is made on first use and not at start.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
