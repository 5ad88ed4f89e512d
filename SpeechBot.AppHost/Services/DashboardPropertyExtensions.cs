using Microsoft.Extensions.DependencyInjection;

namespace SpeechBot.AppHost;

/// <summary>Facts about a resource that the dashboard shows among its details, without being asked for all of them.</summary>
public static class DashboardPropertyExtensions
{
    /// <summary>Shows a fact from the start on.</summary>
    public static IResourceBuilder<T> WithDashboardProperty<T>(this IResourceBuilder<T> resource, string name, string value) where T : IResource
    {
        resource.ApplicationBuilder.OnBeforeStart((start, _) =>
            start.Services.GetRequiredService<ResourceNotificationService>().ShowPropertyAsync(resource.Resource, name, value));
        return resource;
    }

    /// <summary>Shows a fact, in place of an older one of the same name.</summary>
    public static Task ShowPropertyAsync(this ResourceNotificationService notifications, IResource resource, string name, string value) =>
        notifications.PublishUpdateAsync(resource, now => now with
        {
            Properties = [.. now.Properties.Where(property => property.Name != name), new ResourcePropertySnapshot(name, value) { IsHighlighted = true }],
        });
}
