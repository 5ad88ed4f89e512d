namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>Whether and how the processes on this machine take turns on its cores, from the section <c>Cores</c>.</summary>
public sealed class CoreLeaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cores";

    /// <summary>
    /// <c>auto</c>, <c>on</c> or <c>off</c>. Automatic is on where cores are few (up to four) and off in containers: a container has cores
    /// of its own, and cannot see the other processes.
    /// </summary>
    public string Lease { get; set; } = "auto";

    /// <summary>Most tokens, however many cores there are.</summary>
    public int Limit { get; set; } = 4;

    /// <summary>The name that processes find each other by; those with another one do not wait for each other.</summary>
    public string Name { get; set; } = "speechbot";

    /// <summary>How long to wait for cores before going on without them: being slow is better than hanging.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);
}
