using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Stt.Transcription;

/// <summary>Sends a transcript as OpenAI's server-sent events: a delta for each piece, then the whole text.</summary>
internal static class TranscriptionEventStream
{
    public static async Task WriteAsync(HttpContext context, ITranscriber transcriber, TranscriptionUpload upload)
    {
        var text = new StringBuilder();
        try
        {
            // The first piece is awaited before anything is sent, so that what fails at once is a proper error response.
            await foreach (var segment in transcriber.TranscribeAsync(upload.Request, context.RequestAborted))
            {
                var delta = text.Length > 0 ? " " + segment.Text : segment.Text;
                text.Append(delta);
                await SendAsync(context, new Delta(delta));
            }

            await SendAsync(context, new Done(text.ToString(), TranscriptionUsage.Of(upload.Request.Duration)));
        }
        catch (TranscriptionException exception) when (context.Response.HasStarted)
        {
            await SendAsync(context, new OpenAiErrorEnvelope(TranscriptionApi.ToOpenAi(exception).Error));
        }
        catch (OpenAiException exception) when (context.Response.HasStarted)
        {
            await SendAsync(context, new OpenAiErrorEnvelope(exception.Error));
        }
    }

    private static async Task SendAsync<T>(HttpContext context, T message)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            context.Response.Headers.CacheControl = "no-cache";
        }

        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(message, JsonSerializerOptions.Web)}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private sealed record Delta([property: JsonPropertyName("delta")] string Text)
    {
        [JsonPropertyName("type"), JsonPropertyOrder(-1)]
        public string Type { get; } = "transcript.text.delta";
    }

    private sealed record Done([property: JsonPropertyName("text")] string Text, [property: JsonPropertyName("usage")] TranscriptionUsage Usage)
    {
        [JsonPropertyName("type"), JsonPropertyOrder(-1)]
        public string Type { get; } = "transcript.text.done";
    }
}
