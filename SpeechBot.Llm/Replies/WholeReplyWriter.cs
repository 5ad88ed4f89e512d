using System.Text;
using SpeechBot.Llm.Prompts;

namespace SpeechBot.Llm.Replies;

/// <summary>The reply as one JSON object.</summary>
internal sealed class WholeReplyWriter(HttpContext context, string model, TimeProvider time) : IReplyWriter
{
    private readonly StringBuilder _text = new();

    public Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        _text.Append(text);
        return Task.CompletedTask;
    }

    public Task EndAsync(ReplyEnd end, CancellationToken cancellationToken) => context.Response.WriteAsJsonAsync(
        new ChatResponse(
            ReplyWire.NewId(),
            time.GetUtcNow().ToUnixTimeSeconds(),
            model,
            [new ChatChoice(0, new ChatReply(ChatTurn.Assistant, _text.ToString()), end.Reason)],
            ReplyWire.Usage(end.Statistics),
            ReplyWire.Timings(end.Statistics)),
        cancellationToken);

    public Task FailAsync(Exception exception, CancellationToken cancellationToken) => Task.FromException(exception);
}
