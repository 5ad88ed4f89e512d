using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Hearing;

/// <summary>The WebSocket that live speech comes in by.</summary>
public static class HearingApi
{
    private const string Intent = "transcription";

    /// <summary>Maps <c>GET /v1/realtime?intent=transcription</c>.</summary>
    public static IEndpointRouteBuilder MapHearingApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/realtime", ListenAsync)
            .WithTags("Audio")
            .WithSummary("Live speech to text, a WebSocket")
            .WithDescription("OpenAI's Realtime events for transcription (session.update, input_audio_buffer.append/commit/clear; binary frames are PCM16 audio), and speechbot.voice.paused, .resumed, speechbot.turn.candidate, .confirmed and .dropped. docs/ears.md describes them.");
        return routes;
    }

    private static async Task ListenAsync(
        HttpContext context, string? intent, HearingModels models, WhisperModelLoader whisper, ITranscriber transcriber, RealtimeSessions sessions, IOptions<HearingOptions> options, TimeProvider time)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new OpenAiException("/v1/realtime is a WebSocket: connect with ws:// instead of requesting it with http.", 400, code: "websocket_required");
        }

        if (intent != Intent)
        {
            throw new OpenAiException($"intent is '{intent}', but these are only the ears: connect with ?intent={Intent}. Conversations are at the web service's /v1/realtime.", param: "intent", code: "invalid_value");
        }

        using var place = sessions.Enter();
        using var session = new RealtimeSession(models, transcriber, whisper.Model.Card.Id, options.Value, time);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new RealtimeConnection(socket, session, options.Value, time).RunAsync(context.RequestAborted);
    }
}
