using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SpeechBot.AppHost.Startup;

/// <summary>Tells where to talk.</summary>
public static partial class PageAnnouncement
{
    /// <summary>Says the page's address as soon as it answers.</summary>
    public static void AnnouncePage(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> web)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            web.OnResourceReady((resource, ready, _) =>
            {
                LogPage(ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("SpeechBot"), resource.GetEndpoint("http").Url);
                return Task.CompletedTask;
            });
        }
    }

    [LoggerMessage(LogLevel.Information, "Talk to SpeechBot at {Page}")]
    private static partial void LogPage(ILogger logger, string page);
}
