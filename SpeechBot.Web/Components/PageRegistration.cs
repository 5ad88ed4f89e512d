using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;
using SpeechBot.Web.Components.Settings;
using SpeechBot.Web.Components.Talk;

namespace SpeechBot.Web.Components;

/// <summary>Registers and maps the page.</summary>
public static class PageRegistration
{
    /// <summary>Adds what the page renders with; everything of its own lives as long as one browser tab's circuit.</summary>
    public static WebApplicationBuilder AddPage(this WebApplicationBuilder builder)
    {
        // Outside Development a run from build output serves empty files without this.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddMudServices(services =>
        {
            services.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            services.SnackbarConfiguration.ShowTransitionDuration = 150;
            services.SnackbarConfiguration.HideTransitionDuration = 150;
        });
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddScoped<PageSettingsStore>();
        builder.Services.AddScoped<CurrentTalk>();
        builder.Services.AddScoped<TalkAudio>();
        return builder;
    }

    /// <summary>Maps the page with its scripts and styles.</summary>
    public static WebApplication MapPage(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(PagesForPeople);
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    /// <summary>Programs that ask under <c>/v1</c> get errors that they can read; only people get a page.</summary>
    private static Task PagesForPeople(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/v1") && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }
}
