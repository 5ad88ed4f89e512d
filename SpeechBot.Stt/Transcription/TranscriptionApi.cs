using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Stt.Transcription;

/// <summary>OpenAI's transcription endpoint.</summary>
public static class TranscriptionApi
{
    // What multipart framing and the other fields may add to the file.
    private const int FormOverhead = 256 * 1024;

    /// <summary>Maps <c>POST /v1/audio/transcriptions</c> and <c>GET /v1/models</c>.</summary>
    public static IEndpointRouteBuilder MapTranscriptionApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/audio/transcriptions", TranscribeAsync)
            .Accepts<TranscriptionFormFields>("multipart/form-data")
            .Produces<TranscriptionJson>()
            .Produces<OpenAiErrorEnvelope>(400)
            .WithTags("Audio")
            .WithSummary("Speech to text")
            .WithDescription("WAV of any rate, width and channel count, at most 25 MB. response_format is json, text, verbose_json, srt or vtt; stream=true sends transcript.text.delta and transcript.text.done as server-sent events.")
            .DisableAntiforgery();

        routes.MapModels(() => routes.ServiceProvider.GetRequiredService<WhisperModelLoader>().Cards);
        return routes;
    }

    private static async Task TranscribeAsync(HttpContext context, ITranscriber transcriber, WhisperModelLoader loader, IOptions<TranscriptionOptions> options)
    {
        var form = await ReadFormAsync(context, options.Value);
        var upload = TranscriptionForm.Read(form, loader.Model, options.Value);
        try
        {
            if (upload.Stream)
            {
                await TranscriptionEventStream.WriteAsync(context, transcriber, upload);
            }
            else
            {
                var transcript = await transcriber.TranscribeAllAsync(upload.Request, context.RequestAborted);
                await TranscriptionFormats.ToResult(transcript, upload).ExecuteAsync(context);
            }
        }
        catch (TranscriptionException exception) when (!context.Response.HasStarted)
        {
            throw ToOpenAi(exception);
        }
    }

    /// <summary>The error that a client sees when the model failed.</summary>
    internal static OpenAiException ToOpenAi(TranscriptionException exception) => exception.TimedOut
        ? new(exception.Message, 504, code: "transcription_timeout", type: "server_error")
        : new(exception.Message, 500, code: "transcription_failed", type: "server_error");

    private static async Task<IFormCollection> ReadFormAsync(HttpContext context, TranscriptionOptions options)
    {
        var limit = (long)options.MaxFileBytes + FormOverhead;
        if (context.Request.ContentLength > limit)
        {
            throw TranscriptionForm.TooLarge(context.Request.ContentLength.Value, options);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        if (!context.Request.HasFormContentType)
        {
            throw new OpenAiException(
                $"The body is {(context.Request.ContentType is { } type ? $"'{type}'" : "without a content type")}, but a recording is sent as multipart/form-data: curl -F file=@speech.wav -F model={WhisperModel.OpenAiAlias} …",
                param: "file", code: "invalid_content_type");
        }

        try
        {
            // In memory, never on disk: recordings are nobody's business.
            return await context.Request.ReadFormAsync(new FormOptions { MemoryBufferThreshold = (int)limit, MultipartBodyLengthLimit = limit }, context.RequestAborted);
        }
        catch (InvalidDataException exception)
        {
            throw new OpenAiException($"The multipart form cannot be read: {exception.Message}", param: "file", code: "invalid_form");
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TranscriptionForm.TooLarge(null, options);
        }
    }
}
