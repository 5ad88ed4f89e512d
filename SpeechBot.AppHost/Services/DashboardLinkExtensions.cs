namespace SpeechBot.AppHost.Services;

/// <summary>Lets the page lead to the dashboard.</summary>
public static class DashboardLinkExtensions
{
    /// <summary>Hands the dashboard's address to the page, which links the trace of each answer. In a deployment nobody knows it here.</summary>
    public static IResourceBuilder<ProjectResource> WithDashboardLink(this IResourceBuilder<ProjectResource> web)
    {
        var address = web.ApplicationBuilder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0];
        return web.ApplicationBuilder.ExecutionContext.IsRunMode && !string.IsNullOrEmpty(address) ? web.WithEnvironment("Dashboard__Url", address) : web;
    }
}
