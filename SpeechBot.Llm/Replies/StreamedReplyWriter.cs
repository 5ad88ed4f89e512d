using System.Buffers;
using System.Text.Json;
using SpeechBot.Llm.Prompts;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Replies;

/// <summary>The reply as server-sent events, each sent at once. Nothing is sent before the first token, so that a refusal is still an HTTP error.</summary>
internal sealed class StreamedReplyWriter(HttpContext context, string model, TimeProvider time, bool includeUsage) : IReplyWriter
{
    private readonly string _id = ReplyWire.NewId();
    private readonly long _created = time.GetUtcNow().ToUnixTimeSeconds();
    private bool _begun;

    public Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        Choose(new ChatDelta(Content: text), null);
        return FlushAsync(cancellationToken);
    }

    public Task EndAsync(ReplyEnd end, CancellationToken cancellationToken)
    {
        Choose(new ChatDelta(), end.Reason);
        if (includeUsage)
        {
            Put(new ChatChunk(_id, _created, model, []) { Usage = ReplyWire.Usage(end.Statistics), SpeechBot = ReplyWire.Timings(end.Statistics) });
        }

        PutRaw("[DONE]"u8);
        return FlushAsync(cancellationToken);
    }

    public Task FailAsync(Exception exception, CancellationToken cancellationToken)
    {
        Put((exception as OpenAiException)?.Error is { } error
            ? new OpenAiErrorEnvelope(error)
            : new OpenAiErrorEnvelope(new OpenAiError("The reply broke off. Send the request again.", "server_error", null, "internal_error")));
        return FlushAsync(cancellationToken);
    }

    private void Choose(ChatDelta delta, string? reason)
    {
        if (!_begun)
        {
            _begun = true;
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            context.Response.Headers.CacheControl = "no-cache";
            Put(new ChatChunk(_id, _created, model, [new ChatChunkChoice(0, new ChatDelta(ChatTurn.Assistant, ""), null)]));
        }

        Put(new ChatChunk(_id, _created, model, [new ChatChunkChoice(0, delta, reason)]));
    }

    private void Put<T>(T value) => PutRaw(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));

    private void PutRaw(ReadOnlySpan<byte> data)
    {
        var body = context.Response.BodyWriter;
        body.Write("data: "u8);
        body.Write(data);
        body.Write("\n\n"u8);
    }

    private Task FlushAsync(CancellationToken cancellationToken) => context.Response.BodyWriter.FlushAsync(cancellationToken).AsTask();
}
