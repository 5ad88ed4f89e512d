using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Web.Conversations;
using SpeechBot.Web.SignIn;

namespace SpeechBot.Web.Realtime;

/// <summary><c>GET /v1/realtime</c>: the WebSocket that the page and any Realtime client talk over; see docs/realtime.md.</summary>
public static class RealtimeApi
{
    /// <summary>Adds the limits of the realtime endpoint.</summary>
    public static WebApplicationBuilder AddRealtime(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RealtimeOptions>().BindConfiguration(RealtimeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return builder;
    }

    /// <summary>Maps the endpoint.</summary>
    public static WebApplication MapRealtimeApi(this WebApplication app)
    {
        // Over HTTP/2, which browsers speak where there is TLS, a WebSocket begins with CONNECT.
        app.MapMethods("/v1/realtime", [HttpMethods.Get, HttpMethods.Connect], HandleAsync).ExcludeFromDescription();
        return app;
    }

    private static async Task HandleAsync(
        HttpContext context, VoiceSessions sessions, IOptions<RealtimeOptions> options, IHostApplicationLifetime lifetime, ILogger<RealtimeConnection> logger)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new OpenAiException("This is a WebSocket: connect with ws:// or wss://. docs/realtime.md describes its events.", StatusCodes.Status426UpgradeRequired, code: "websocket_required");
        }

        var named = (string?)context.Request.Query["session"];
        var session = named is null
            ? await sessions.CreateAsync(Person.NameOf(context.User), cancellationToken: context.RequestAborted)
            : sessions.Find(named, Person.NameOf(context.User)) ?? throw new OpenAiException("There is no such session (any more). Reload the page, or connect without naming one.", StatusCodes.Status404NotFound, "session", "session_not_found");
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await new RealtimeConnection(socket, session, options.Value.MaxMessageBytes).RunAsync(ending.Token);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.RealtimeFailed(failure);
        }
        finally
        {
            if (named is null)
            {
                await session.DisposeAsync();
            }
        }
    }
}
