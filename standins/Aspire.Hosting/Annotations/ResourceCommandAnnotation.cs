using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that people can give to a resource.</summary>
public sealed class ResourceCommandAnnotation(
    string name,
    string displayName,
    Func<UpdateCommandStateContext, ResourceCommandState> updateState,
    Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
    string? displayDescription,
    object? parameter,
    string? confirmationMessage,
    string? iconName,
    IconVariant? iconVariant,
    bool isHighlighted) : IResourceAnnotation
{
    /// <summary>Name.</summary>
    public string Name { get; } = name;

    /// <summary>What is shown.</summary>
    public string DisplayName { get; } = displayName;

    /// <summary>Tells whether it can be given now.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; } = updateState;

    /// <summary>Carries it out.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;

    /// <summary>What is shown as its explanation.</summary>
    public string? DisplayDescription { get; } = displayDescription;

    /// <summary>What it asks for before it is carried out.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; internal init; } = [];

    /// <summary>A fixed parameter.</summary>
    public object? Parameter { get; } = parameter;

    /// <summary>Question to ask first.</summary>
    public string? ConfirmationMessage { get; } = confirmationMessage;

    /// <summary>Name of a Fluent UI icon.</summary>
    public string? IconName { get; } = iconName;

    /// <summary>Regular or filled.</summary>
    public IconVariant? IconVariant { get; } = iconVariant;

    /// <summary>True when it is shown in the resource's row.</summary>
    public bool IsHighlighted { get; } = isHighlighted;
}

/// <summary>How a command looks.</summary>
public class CommandOptions
{
    /// <summary>What is shown as its explanation.</summary>
    public string? Description { get; set; }

    /// <summary>What it asks for before it is carried out.</summary>
    public IReadOnlyList<InteractionInput>? Arguments { get; set; }

    /// <summary>Question to ask first.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>Name of a Fluent UI icon.</summary>
    public string? IconName { get; set; }

    /// <summary>Regular or filled.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>True when it is shown in the resource's row.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Tells whether it can be given now; null means always.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

/// <summary>Style of an icon.</summary>
public enum IconVariant
{
    /// <summary>Lines.</summary>
    Regular,

    /// <summary>Filled.</summary>
    Filled,
}

/// <summary>Whether a command can be given.</summary>
public enum ResourceCommandState
{
    /// <summary>Yes.</summary>
    Enabled,

    /// <summary>Shown, but not now.</summary>
    Disabled,

    /// <summary>Not shown.</summary>
    Hidden,
}

/// <summary>What a command knows when it is carried out.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The answers to what the command asks for.</summary>
    public required InteractionInputCollection Arguments { get; init; }

    /// <summary>The resource's id.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Ends it early.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The resource's log.</summary>
    public required ILogger Logger { get; init; }
}

/// <summary>What is known when a command's state is asked for.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>The resource now.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>The services of the application.</summary>
    public required IServiceProvider ServiceProvider { get; init; }
}

/// <summary>How a command ended.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>True when it did what it should.</summary>
    public required bool Success { get; init; }

    /// <summary>True when it was given up.</summary>
    public bool Canceled { get; init; }

    /// <summary>What to tell.</summary>
    public string? Message { get; init; }
}

/// <summary>Makes results.</summary>
public static class CommandResults
{
    /// <summary>It went well.</summary>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It went well, and there is something to tell.</summary>
    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    /// <summary>It failed.</summary>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    /// <summary>It was given up.</summary>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}

/// <summary>The commands that every project, process and container has.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts it.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops it.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops and starts it.</summary>
    public static readonly string RestartCommand = "restart";
}
