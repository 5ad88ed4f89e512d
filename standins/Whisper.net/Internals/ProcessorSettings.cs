namespace Whisper.net.Internals;

/// <summary>What a builder collected. Null means: leave the native default.</summary>
internal sealed class ProcessorSettings
{
    public nint Context { get; init; }
    public int? Threads { get; set; }
    public string? Language { get; set; }
    public string? Prompt { get; set; }
    public bool NoContext { get; set; }
    public bool SingleSegment { get; set; }
    public bool TokenTimestamps { get; set; }
    public bool Probabilities { get; set; }
    public int? AudioContextSize { get; set; }
    public int? MaxTokensPerSegment { get; set; }
    public float? Temperature { get; set; }
    public float? TemperatureIncrement { get; set; }
    public int? BestOf { get; set; }
}
