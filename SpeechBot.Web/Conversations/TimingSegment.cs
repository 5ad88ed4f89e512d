namespace SpeechBot.Web.Conversations;

/// <summary>A part of the latency waterfall: "ears", "brain", "voice", "wait" or "sound", in milliseconds from the last voiced sample.</summary>
public sealed record TimingSegment(string Name, double StartMs, double EndMs)
{
    /// <summary>How long the part took.</summary>
    public double Ms => EndMs - StartMs;
}
