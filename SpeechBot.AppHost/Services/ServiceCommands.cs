namespace SpeechBot.AppHost.Services;

/// <summary>What the dashboard's commands for a service have in common.</summary>
internal static class ServiceCommands
{
    /// <summary>A client of the running service.</summary>
    /// <param name="service">Which one.</param>
    /// <param name="patience">How long an answer may take.</param>
    public static HttpClient Client(this IResourceBuilder<ProjectResource> service, TimeSpan patience) =>
        new() { BaseAddress = new Uri(service.GetEndpoint("http").Url), Timeout = patience };

    /// <summary>A command that only a running service can follow.</summary>
    public static ResourceCommandState WhileRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}
