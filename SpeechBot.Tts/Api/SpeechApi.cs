using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tts.Api;

/// <summary>OpenAI's <c>POST /v1/audio/speech</c>, and the voices and models that it takes.</summary>
public static partial class SpeechApi
{
    /// <summary>Maps the routes.</summary>
    public static IEndpointRouteBuilder MapSpeechApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/audio/speech", SpeakAsync)
            .WithTags("Audio").WithSummary("Speaks a text; the audio is sent while it is made")
            .Produces(StatusCodes.Status200OK, contentType: "audio/wav").Produces<OpenAiErrorEnvelope>(StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/voices", ListVoices).WithTags("Audio").WithSummary("The voices that can be asked for");

        var aliases = routes.ServiceProvider.GetRequiredService<VoiceAliases>();
        var since = routes.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        routes.MapModelSwitch();
        routes.MapModels(() => aliases.Models.Select(id => new ModelCard(id, since, "speechbot")));
        return routes;
    }

    private static async Task SpeakAsync(
        SpeechRequest request, HttpContext context, Speaker speaker, VoiceAliases aliases, RequestLimit limit, IOptions<SpeechOptions> options, ILogger<Speaker> logger)
    {
        var (order, format, events) = (request.ToOrder(aliases, options), request.Format(), request.WantsEvents());
        using var visit = limit.Enter();
        var clips = speaker.SpeakAsync(order, context.RequestAborted);
        try
        {
            await (events
                ? EventStream.WriteAsync(context.Response, clips, order, format, context.RequestAborted)
                : AudioStream.WriteAsync(context.Response, clips, order, format, context.RequestAborted));
        }
        catch (SpeechException exception) when (context.Response.HasStarted)
        {
            // A cut connection tells the client that this was not the end; a clean end would not.
            LogBrokeOff(logger, exception, exception.Message);
            context.Abort();
        }
    }

    private static VoiceList ListVoices(VoiceHost host, VoiceAliases aliases) =>
        new([.. host.Synthesizer.Voices.Select((voice, index) => VoiceEntry.Of(voice, aliases.Of(voice), isDefault: index == 0))]);

    [LoggerMessage(EventId = 4001, EventName = "SpeechBrokeOff", Level = LogLevel.Error, Message = "An answer broke off in the middle: {Reason}")]
    private static partial void LogBrokeOff(ILogger logger, Exception exception, string reason);
}
