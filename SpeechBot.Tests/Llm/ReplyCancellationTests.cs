using SpeechBot.Llm.Prompts;
using SpeechBot.Llm.Replies;

namespace SpeechBot.Tests.Llm;

[Collection(nameof(Brain))]
public sealed class ReplyCancellationTests(Brain brain)
{
    [Fact]
    public async Task Who_hangs_up_frees_the_brain()
    {
        using var leaving = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in brain.StreamAsync(new { messages = Brain.Messages("Tell me a long story."), max_tokens = 300, logit_bias = brain.NeverEnding }, leaving.Token))
            {
                await leaving.CancelAsync();
            }
        });

        await brain.UntilAsync(() => brain.Scheduler.InFlight == 0);
        var reply = await brain.AskAsync(new { messages = Brain.Messages("What is the capital of France?"), temperature = 0 });
        Assert.Contains("Paris", reply.Choices[0].Message.Content);
    }

    [Fact]
    public async Task Leaving_while_the_prompt_is_read_takes_effect_at_the_next_slice()
    {
        using var leaving = new CancellationTokenSource();
        var text = string.Join(' ', Enumerable.Range(1, 110));
        var request = new ReplyRequest([new ChatTurn(ChatTurn.User, text)], 10, new SamplingSettings(0, 1), [], null);
        var reading = brain.Scheduler.ReplyAsync(request, leaving.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = reading.MoveNextAsync().AsTask();
        Assert.Equal(1, brain.Scheduler.InFlight);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await brain.UntilAsync(() => brain.Scheduler.InFlight == 0);
    }

    [Fact]
    public async Task Others_keep_talking_while_a_long_prompt_is_read()
    {
        using var leaving = new CancellationTokenSource();
        var talk = brain.StreamAsync(new { messages = Brain.Messages("Tell me a long story."), max_tokens = 300, logit_bias = brain.NeverEnding }, leaving.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await talk.MoveNextAsync());

        // 200 tokens in slices of 32: at least that many steps in which the first one says a word.
        var newcomer = brain.AskAsync(new { messages = Brain.Messages(string.Join(' ', Enumerable.Range(1, 70))), max_tokens = 1 });
        var meanwhile = 0;
        while (!newcomer.IsCompleted && await talk.MoveNextAsync())
        {
            meanwhile++;
        }

        Assert.True((await newcomer).SpeechBot.PrefilledTokens > 100);
        Assert.True(meanwhile >= 3, $"{meanwhile}");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await talk.MoveNextAsync())
            {
            }
        });
        await brain.UntilAsync(() => brain.Scheduler.InFlight == 0);
    }
}
