using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace SpeechBot.AppHost.Services;

/// <summary>Shows in the dashboard which model an engine has loaded, and what it really computes on.</summary>
public static class ModelFacts
{
    /// <summary>Asks the engine's /health as soon as it is ready.</summary>
    public static IResourceBuilder<ProjectResource> ShowsItsModel(this IResourceBuilder<ProjectResource> engine) =>
        engine.OnResourceReady((resource, ready, cancellationToken) => ShowAsync(resource, ready.Services, cancellationToken));

    /// <summary>Asks the engine's /health now.</summary>
    public static async Task ShowAsync(ProjectResource engine, IServiceProvider services, CancellationToken cancellationToken)
    {
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(engine.GetEndpoint("http").Url) };
            var health = JsonNode.Parse(await client.GetStringAsync("/health", cancellationToken));
            foreach (var (property, key) in new[] { ("Model", "model"), ("Accelerator in use", "accelerator") })
            {
                if (health?["checks"]?["model"]?["data"]?[key] is { } value)
                {
                    await notifications.ShowPropertyAsync(engine, property, value.ToString());
                }
            }
        }
        catch (HttpRequestException)
        {
            // It has just ended; when it is back it is asked again.
        }
    }
}
