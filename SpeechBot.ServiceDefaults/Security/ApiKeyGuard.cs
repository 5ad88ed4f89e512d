using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.ServiceDefaults.Security;

/// <summary>
/// Guards <c>/v1</c> with an API key. Without any key the service answers on loopback only: whoever opens it to a network has to set one.
/// </summary>
public static class ApiKeyGuard
{
    private const string Bearer = "Bearer ";
    private const string AlternativeHeader = "api-key";

    /// <summary>Adds the keys of the section <c>Api</c>.</summary>
    public static IHostApplicationBuilder AddApiKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section);
        builder.Services.AddSingleton<ApiKeys>();
        return builder;
    }

    /// <summary>
    /// Lets a request under <c>/v1</c> through when it has a known key (<c>Authorization: Bearer …</c>), when the person is signed in
    /// already, or when there are no keys and it came by loopback. The key's name becomes the user's name.
    /// </summary>
    public static WebApplication UseApiKeys(this WebApplication app)
    {
        var keys = app.Services.GetRequiredService<ApiKeys>();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1"), api => api.Use(async (context, next) =>
        {
            if (!keys.Any)
            {
                await (CameByLoopback(context) ? next(context) : RefuseAsync(context, StatusCodes.Status403Forbidden, $"This service has no API key, so it answers on this machine only. Set {ApiKeyOptions.Section}:{nameof(ApiKeyOptions.Key)} to open it to the network."));
            }
            else if (context.User.Identity?.IsAuthenticated == true)
            {
                await next(context);
            }
            else if (keys.OwnerOf(KeyOf(context.Request)) is { } owner)
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, owner)], authenticationType: "ApiKey"));
                await next(context);
            }
            else
            {
                await RefuseAsync(context, StatusCodes.Status401Unauthorized, "This service asks for an API key, and the request had none or a wrong one. Send it as 'Authorization: Bearer <key>'.");
            }
        }));
        return app;
    }

    /// <summary>Whether a request was made on this machine.</summary>
    public static bool CameByLoopback(HttpContext context) => context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    private static string? KeyOf(HttpRequest request)
    {
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : request.Headers[AlternativeHeader].ToString();
    }

    private static Task RefuseAsync(HttpContext context, int status, string message) =>
        OpenAiErrors.WriteAsync(context, status, new OpenAiError(message, "authentication_error", null, "invalid_api_key"));
}
