namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that the orchestrator gives.</summary>
public static class KnownResourceStates
{
    /// <summary>Not shown.</summary>
    public static readonly string Hidden = nameof(Hidden);

    /// <summary>About to run.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>Could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>What it needs to run is not well.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>About to end because somebody said so.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>A container that has ended.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>A process that has ended.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>Waits for a command.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>The states after which nothing happens by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

/// <summary>How a state is shown.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>Well.</summary>
    public static readonly string Success = "success";

    /// <summary>Wrong.</summary>
    public static readonly string Error = "error";

    /// <summary>Worth knowing.</summary>
    public static readonly string Info = "info";

    /// <summary>Worth looking at.</summary>
    public static readonly string Warn = "warning";
}
