using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Security;

namespace SpeechBot.Web.SignIn;

/// <summary>Guards the page where there are keys. Without a key everything but <c>/v1</c>, which has a guard of its own, is open on this machine only.</summary>
public static class SignInRegistration
{
    /// <summary>The name of the limit on tries.</summary>
    internal const string TriesPolicy = "sign-in";

    /// <summary>The page on which a key is asked for.</summary>
    internal const string PagePath = "/sign-in";

    private static readonly TimeSpan TriesWindow = TimeSpan.FromMinutes(1);

    /// <summary>Adds the sign-in.</summary>
    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<IOptions<SignInOptions>>(Configure);
        builder.Services.AddAuthorization();
        builder.Services.AddOptions<AuthorizationOptions>().Configure<ApiKeys>((authorization, keys) =>
            authorization.FallbackPolicy = keys.Any ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build() : null);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = async (rejected, cancel) =>
            {
                rejected.HttpContext.Response.ContentType = "text/plain; charset=utf-8";
                await rejected.HttpContext.Response.WriteAsync("Too many tries. Wait a minute, go back and try again.", cancel);
            };
            limiter.AddPolicy(TriesPolicy, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = context.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value.TriesPerMinute,
                    Window = TriesWindow,
                }));
        });
        return builder;
    }

    /// <summary>Puts the guards of page and <c>/v1</c> in front of the endpoints.</summary>
    public static WebApplication UseSignIn(this WebApplication app)
    {
        var keys = app.Services.GetRequiredService<ApiKeys>();
        app.Use((context, next) => keys.Any || ApiKeyGuard.CameByLoopback(context) || HasAnotherGuard(context.Request.Path) ? next(context) : RefuseAsync(context));
        app.UseAuthentication();
        app.UseApiKeys();
        app.UseAuthorization();
        if (keys.Any)
        {
            // Not where nobody signs in: its clock wakes the process ten times a second.
            app.UseRateLimiter();
        }

        return app;
    }

    private static void Configure(CookieAuthenticationOptions cookie, IOptions<SignInOptions> options)
    {
        cookie.Cookie.Name = "speechbot-person";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.LoginPath = PagePath;
        cookie.ExpireTimeSpan = TimeSpan.FromDays(options.Value.Days);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = Person.StillHasTheirKeyAsync;
    }

    // Probes come from elsewhere and learn nothing about anybody.
    private static bool HasAnotherGuard(PathString path) => path.StartsWithSegments("/v1") || path == "/health" || path == "/alive";

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"SpeechBot has no key, so it answers on its own machine only. Set {ApiKeyOptions.Section}:{nameof(ApiKeyOptions.Key)} to open it to the network, or start it with the launch profile \"lan\".");
    }
}
