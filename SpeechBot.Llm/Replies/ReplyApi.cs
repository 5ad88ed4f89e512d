using System.Text;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Replies;

/// <summary>OpenAI's chat completions over <see cref="ReplyScheduler"/>.</summary>
public static class ReplyApi
{
    /// <summary>Maps <c>POST /v1/chat/completions</c> and <c>GET /v1/models</c>.</summary>
    public static WebApplication MapReplyApi(this WebApplication app)
    {
        var scheduler = app.Services.GetRequiredService<ReplyScheduler>();
        app.Services.GetRequiredService<ReplyTelemetry>().Scheduler = scheduler;
        app.MapPost("/v1/chat/completions", CompleteAsync)
            .WithTags("Chat").WithSummary("Writes the next message of a conversation")
            .WithDescription("With stream=true as server-sent events. max_completion_tokens=0 only reads the messages into the cache; prompt_cache_key names the conversation. The answer's 'speechbot' object tells where the time went.")
            .Produces<ChatResponse>().Produces<OpenAiErrorEnvelope>(400).Produces<OpenAiErrorEnvelope>(404).Produces<OpenAiErrorEnvelope>(429).Produces<OpenAiErrorEnvelope>(503);
        app.MapModelSwitch();
        app.MapModels(() => scheduler.Model is { } model ? [new ModelCard(model.Id, model.Created.ToUnixTimeSeconds(), "local")] : []);
        return app;
    }

    private static async Task CompleteAsync(
        ChatRequest? body, HttpContext context, ReplyScheduler scheduler, ChatRequestReader reader, ReplyTelemetry telemetry, TimeProvider time)
    {
        var (model, request) = scheduler.With(loaded => (loaded.Id, reader.Read(body, loaded, scheduler.Answers)));
        var cancelled = context.RequestAborted;
        using var span = telemetry.Begin(model, request);
        var text = new StringBuilder();
        var answer = body!.Stream
            ? (IReplyWriter)new StreamedReplyWriter(context, model, time, body.StreamOptions?.IncludeUsage ?? false)
            : new WholeReplyWriter(context, model, time);
        try
        {
            await foreach (var part in scheduler.ReplyAsync(request, cancelled))
            {
                switch (part)
                {
                    case ReplyText { Text: var piece }:
                        text.Append(piece);
                        await answer.WriteAsync(piece, cancelled);
                        break;
                    case ReplyEnd end:
                        // Recorded first: whoever has read the answer may look at the trace at once.
                        telemetry.End(span, model, end, text.ToString());
                        await answer.EndAsync(end, cancelled);
                        break;
                }
            }
        }
        catch (Exception exception)
        {
            ReplyTelemetry.Failed(span, exception);
            if (!context.Response.HasStarted || cancelled.IsCancellationRequested)
            {
                throw;
            }

            await answer.FailAsync(exception, cancelled);
        }
    }
}
