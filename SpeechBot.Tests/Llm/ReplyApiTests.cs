using System.Net.Http.Json;
using System.Text.Json;
using SpeechBot.Llm.Replies;

namespace SpeechBot.Tests.Llm;

[Collection(nameof(Brain))]
public sealed class ReplyApiTests(Brain brain)
{
    private const string France = "What is the capital of France?";

    [Fact]
    public async Task A_question_is_answered()
    {
        var reply = await brain.AskAsync(new { messages = Brain.Messages(France), temperature = 0 });

        var choice = Assert.Single(reply.Choices);
        Assert.Contains("Paris", choice.Message.Content);
        Assert.Equal("stop", choice.FinishReason);
        Assert.Equal(reply.Usage.PromptTokens + reply.Usage.CompletionTokens, reply.Usage.TotalTokens);
        Assert.Equal(reply.Usage.PromptTokens, reply.SpeechBot.CachedTokens + reply.SpeechBot.PrefilledTokens);
        Assert.True(reply.SpeechBot.FirstTokenMs >= reply.SpeechBot.PrefillMs);
    }

    [Fact]
    public async Task A_stream_has_the_same_words_as_the_whole_reply()
    {
        var question = new { messages = Brain.Messages("Why is the sky blue?"), temperature = 0, prompt_cache_key = "stream", stream_options = new { include_usage = true } };
        var whole = await AskOfCachedPromptAsync(question);
        var chunks = await brain.StreamAsync(question, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Null(chunks[^1]);
        Assert.Equal("assistant", chunks[0]!.Choices[0].Delta.Role);
        Assert.Equal(whole.Choices[0].FinishReason, chunks[^3]!.Choices[0].FinishReason);
        Assert.Empty(chunks[^2]!.Choices);
        Assert.Equal(whole.Usage.CompletionTokens, chunks[^2]!.Usage!.CompletionTokens);
        Assert.NotNull(chunks[^2]!.SpeechBot!.FirstTokenMs);

        var pieces = chunks.SkipLast(2).Select(chunk => chunk!.Choices[0].Delta.Content).Where(text => !string.IsNullOrEmpty(text)).ToList();
        Assert.True(pieces.Count > 3);
        Assert.Equal(whole.Choices[0].Message.Content, string.Concat(pieces));
    }

    [Fact]
    public async Task Usage_is_streamed_only_when_it_is_asked_for()
    {
        var chunks = await brain.StreamAsync(new { messages = Brain.Messages(France) }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(chunks.SkipLast(1), chunk => Assert.Null(chunk!.Usage));
    }

    [Fact]
    public async Task A_reply_ends_at_its_limit()
    {
        var reply = await brain.AskAsync(new { messages = Brain.Messages("Tell me a long story."), max_completion_tokens = 5 });
        Assert.Equal((5, "length"), (reply.Usage.CompletionTokens, reply.Choices[0].FinishReason));
    }

    [Fact]
    public async Task A_stop_text_ends_the_reply_and_is_not_part_of_it()
    {
        var messages = Brain.Messages("Why is the sky blue?");
        var text = (await AskOfCachedPromptAsync(new { messages, temperature = 0, prompt_cache_key = "stop" })).Choices[0].Message.Content;

        // From the middle of one word to the middle of another, so that no single token holds it.
        var stop = text[6..17];
        var reply = await brain.AskAsync(new { messages, temperature = 0, prompt_cache_key = "stop", stop = new[] { "never said", stop } });

        Assert.Equal(text[..text.IndexOf(stop, StringComparison.Ordinal)], reply.Choices[0].Message.Content);
        Assert.Equal("stop", reply.Choices[0].FinishReason);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_reply()
    {
        var replies = new List<string>();
        foreach (var seed in (int[])[7, 7, 8, 9, 10])
        {
            var reply = await AskOfCachedPromptAsync(new { messages = Brain.Messages("Tell me something about the sea."), temperature = 1.5, top_p = 1, seed, max_tokens = 12, prompt_cache_key = "sea" });
            replies.Add(reply.Choices[0].Message.Content);
        }

        Assert.Equal(replies[0], replies[1]);
        Assert.True(replies.Skip(1).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Four_are_answered_at_once()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, Brain.MaxParallel).Select(_ => brain.AskAsync(new { messages = Brain.Messages(France), temperature = 0 })));
        Assert.All(replies, reply => Assert.Contains("Paris", reply.Choices[0].Message.Content));
    }

    [Fact]
    public async Task Text_parts_are_read_as_text()
    {
        object[] parts = [new { type = "text", text = "What is the capital " }, new { type = "text", text = "of France?" }];
        var reply = await brain.AskAsync(new { messages = new[] { new { role = "user", content = parts } }, temperature = 0 });
        Assert.Contains("Paris", reply.Choices[0].Message.Content);
    }

    [Fact]
    public async Task A_biased_token_is_not_said()
    {
        // A bias that rules out every likely first token but one cannot be missed: the reply begins differently.
        var messages = Brain.Messages(France);
        var usual = (await brain.AskAsync(new { messages, temperature = 0, max_tokens = 1 })).Choices[0].Message.Content;
        var first = (int)brain.Scheduler.Model!.Renderer.Render([new("user", usual)], reply: false).Segments[0].Tokens.First(token => brain.Text(token) == usual);
        var biased = await brain.AskAsync(new { messages, temperature = 0, max_tokens = 1, logit_bias = new Dictionary<string, int> { [$"{first}"] = -100 } });
        Assert.NotEqual(usual, biased.Choices[0].Message.Content);
    }

    [Fact]
    public async Task The_served_model_is_listed()
    {
        var models = await brain.Client.GetFromJsonAsync<JsonElement>("/v1/models", TestContext.Current.CancellationToken);
        Assert.Equal(brain.Scheduler.Model!.Id, models.GetProperty("data")[0].GetProperty("id").GetString());

        var reply = await brain.AskAsync(new { model = brain.Scheduler.Model!.Id, messages = Brain.Messages(France), max_tokens = 1 });
        Assert.Equal(brain.Scheduler.Model!.Id, reply.Model);
    }

    [Fact]
    public async Task The_service_can_be_tried_in_swagger()
    {
        Assert.Contains("/v1/chat/completions", await brain.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        Assert.Contains("swagger", await brain.Client.GetStringAsync("/swagger/index.html", TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Asks twice. A prompt that is read whole and one of which only the last token is read give sums that differ in their last bits,
    /// and now and then another word: replies can be compared only where both prompts were in the cache.
    /// </summary>
    private async Task<ChatResponse> AskOfCachedPromptAsync(object body)
    {
        await brain.AskAsync(body);
        return await brain.AskAsync(body);
    }
}
