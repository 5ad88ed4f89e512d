using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Net.Http.Headers;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.ServiceDefaults.Security;

/// <summary>
/// Refuses requests that a web page elsewhere made a browser send. Listening on loopback is not enough: any visited page can call localhost
/// (seen as a foreign <c>Origin</c>), or point its own host name at 127.0.0.1 (seen as a foreign <c>Host</c>).
/// </summary>
public static class LoopbackGuard
{
    private const string Any = "*";

    /// <summary>Checks the host of every request, and the origin of every request that changes something or opens a WebSocket.</summary>
    public static WebApplication UseLoopbackGuard(this WebApplication app)
    {
        var options = app.Configuration.GetSection(LoopbackGuardOptions.Section).Get<LoopbackGuardOptions>() ?? new();
        var hosts = Split(options.AllowedHosts);
        var origins = Split(options.AllowedOrigins);

        app.Use(async (context, next) =>
        {
            if (CameByLoopback(context) && !IsAllowedHost(context.Request.Host.Host, hosts))
            {
                await RefuseAsync(context, $"The host name '{context.Request.Host.Host}' is not one that this service answers to. Use localhost, or add it to {LoopbackGuardOptions.Section}:{nameof(LoopbackGuardOptions.AllowedHosts)}.");
            }
            else if (NeedsOrigin(context) && context.Request.Headers[HeaderNames.Origin] is [{ Length: > 0 } origin] && !IsAllowedOrigin(origin, context.Request, origins))
            {
                await RefuseAsync(context, $"Pages of '{origin}' may not call this service. If that is wanted, add it to {LoopbackGuardOptions.Section}:{nameof(LoopbackGuardOptions.AllowedOrigins)}.");
            }
            else
            {
                await next(context);
            }
        });
        return app;
    }

    // A foreign host name matters only where DNS can point one at this machine; on a container network the service's own name is right.
    private static bool CameByLoopback(HttpContext context) => context.Connection.LocalIpAddress is not { } address || IPAddress.IsLoopback(address);

    private static bool NeedsOrigin(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest
        || context.Request.Headers.Upgrade.Count > 0
        || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method));

    private static bool IsAllowedHost(string host, HashSet<string> allowed) => IsLoopback(host) || allowed.Contains(Any) || allowed.Contains(host);

    private static bool IsAllowedOrigin(string origin, HttpRequest request, HashSet<string> allowed) =>
        allowed.Contains(Any) || allowed.Contains(origin)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static HashSet<string> Split(string list) =>
        new(list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context, string message) =>
        OpenAiErrors.WriteAsync(context, StatusCodes.Status403Forbidden, new OpenAiError(message, "permission_error", null, "forbidden"));
}
