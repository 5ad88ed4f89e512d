using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Start, stop and restart, which everything that can be started has.</summary>
internal static class LifecycleCommands
{
    public static void AddTo(ManagedResource managed)
    {
        Add(KnownResourceCommands.StartCommand, "Start", "Start this resource", "Play", highlighted: true,
            state => IsStopped(state) ? ResourceCommandState.Enabled : IsChanging(state) ? ResourceCommandState.Disabled : ResourceCommandState.Hidden,
            managed.StartAsync);
        Add(KnownResourceCommands.StopCommand, "Stop", "Stop this resource", "Stop", highlighted: true,
            state => state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled : IsStopped(state) || IsChanging(state) ? ResourceCommandState.Hidden : ResourceCommandState.Enabled,
            _ => managed.StopAsync());
        Add(KnownResourceCommands.RestartCommand, "Restart", "Stop this resource and start it again", "ArrowCounterclockwise", highlighted: false,
            state => IsStopped(state) || IsChanging(state) ? ResourceCommandState.Disabled : ResourceCommandState.Enabled,
            async cancellationToken =>
            {
                await managed.StopAsync().ConfigureAwait(false);
                await managed.StartAsync(cancellationToken).ConfigureAwait(false);
            });

        void Add(string name, string display, string description, string icon, bool highlighted, Func<string?, ResourceCommandState> state, Func<CancellationToken, Task> execute) =>
            managed.Resource.Annotations.Add(new ResourceCommandAnnotation(
                name,
                display,
                context => state(context.ResourceSnapshot.State?.Text),
                async context =>
                {
                    await execute(context.CancellationToken).ConfigureAwait(false);
                    return CommandResults.Success();
                },
                description,
                parameter: null,
                confirmationMessage: null,
                icon,
                IconVariant.Filled,
                highlighted));
    }

    private static bool IsStopped(string? state) => KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.NotStarted;

    private static bool IsChanging(string? state) => string.IsNullOrEmpty(state) || state == KnownResourceStates.Starting || state == KnownResourceStates.Stopping || state == KnownResourceStates.Waiting;
}
