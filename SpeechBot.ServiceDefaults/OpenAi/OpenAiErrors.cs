using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace SpeechBot.ServiceDefaults.OpenAi;

/// <summary>Everything that goes wrong under <c>/v1</c> is answered as OpenAI's error object.</summary>
public static partial class OpenAiErrors
{
    /// <summary>Puts the translation in front of the endpoints that follow.</summary>
    public static WebApplication UseOpenAiErrors(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("SpeechBot.Api");
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1"), api => api.Use((context, next) => TranslateAsync(context, next, logger)));
        return app;
    }

    /// <summary>Writes one error as the response.</summary>
    public static Task WriteAsync(HttpContext context, int status, OpenAiError error, TimeSpan? retryAfter = null)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        if (retryAfter is { } wait)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return context.Response.WriteAsJsonAsync(new OpenAiErrorEnvelope(error), context.RequestAborted);
    }

    private static async Task TranslateAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response is { ContentLength: null, ContentType: null } && Describe(context) is { } error)
            {
                await WriteAsync(context, context.Response.StatusCode, error);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to tell.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var (status, error, retryAfter) = Translate(exception);
            if (status >= 500)
            {
                LogFailure(logger, exception, context.Request.Method, context.Request.Path);
            }

            await WriteAsync(context, status, error, retryAfter);
        }
    }

    private static (int Status, OpenAiError Error, TimeSpan? RetryAfter) Translate(Exception exception) => exception switch
    {
        OpenAiException known => (known.Status, known.Error, known.RetryAfter),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } tooLarge =>
            (413, new(tooLarge.Message + " Send a smaller body.", "invalid_request_error", null, "request_too_large"), null),
        BadHttpRequestException { InnerException: JsonException json } => (400, BadJson(json), null),
        JsonException json => (400, BadJson(json), null),
        BadHttpRequestException bad => (bad.StatusCode, new(bad.Message, "invalid_request_error"), null),
        InvalidDataException bad => (400, new(bad.Message, "invalid_request_error"), null),
        _ => (500, new("The service failed while it worked on this request. Its log, and the trace of this request, tell why.", "server_error", null, "internal_error"), null),
    };

    private static OpenAiError BadJson(JsonException exception) =>
        new($"The body is not the JSON that this endpoint takes: {exception.Message}", "invalid_request_error", exception.Path, "invalid_json");

    private static OpenAiError? Describe(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new($"There is no {context.Request.Method} {context.Request.Path} here. GET /swagger shows what there is.", "invalid_request_error", null, "unknown_url"),
        StatusCodes.Status405MethodNotAllowed => new($"{context.Request.Path} does not take {context.Request.Method}. GET /swagger shows what it takes.", "invalid_request_error", null, "method_not_allowed"),
        StatusCodes.Status415UnsupportedMediaType => new($"{context.Request.Path} does not take the content type '{context.Request.ContentType}'. GET /swagger shows which one it takes.", "invalid_request_error", null, "unsupported_media_type"),
        StatusCodes.Status400BadRequest => new("The request could not be read. GET /swagger shows what this endpoint takes.", "invalid_request_error"),
        _ => null,
    };

    [LoggerMessage(EventId = 9001, EventName = "RequestFailed", Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, PathString path);
}
