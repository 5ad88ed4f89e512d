using System.Collections.Concurrent;
using System.Diagnostics;
using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Tests.Llm;

[Collection(nameof(Brain))]
public sealed class ReplyTelemetryTests(Brain brain)
{
    [Fact]
    public async Task A_reply_is_one_span_without_its_words()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.LlmSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var reply = await brain.AskAsync(new { messages = Brain.Messages("What is the capital of Norway?"), prompt_cache_key = "telemetry", temperature = 0 });
        await brain.UntilAsync(() => spans.Any(Ours));

        var span = spans.First(Ours);
        Assert.Equal($"chat {reply.Model}", span.DisplayName);
        Assert.Equal("chat", span.GetTagItem(TelemetryNames.Tags.Operation));
        Assert.Equal(reply.Usage.PromptTokens, span.GetTagItem(TelemetryNames.Tags.InputTokens));
        Assert.Equal(reply.SpeechBot.CachedTokens, span.GetTagItem(TelemetryNames.Tags.CachedTokens));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("Norway", StringComparison.Ordinal) || $"{tag.Value}".Contains("Oslo", StringComparison.Ordinal));

        static bool Ours(Activity span) => span.GetTagItem(TelemetryNames.Tags.ConversationId) is "telemetry";
    }
}
