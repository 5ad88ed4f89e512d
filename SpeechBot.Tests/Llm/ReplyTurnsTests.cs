using SpeechBot.Llm.Prompts;
using SpeechBot.Llm.Replies;

namespace SpeechBot.Tests.Llm;

/// <summary>Who gets words when, if several ask at once.</summary>
[Collection(nameof(Brain))]
public sealed class ReplyTurnsTests(Brain brain)
{
    [Fact]
    public async Task One_after_the_other_gets_to_its_first_words()
    {
        string[] questions = ["Tell me about the sea.", "Tell me about the moon.", "Tell me about the sun."];
        var replies = questions.Select(Ask).ToArray();
        var pending = replies.Select(reply => reply.MoveNextAsync().AsTask()).ToArray();
        var words = new int[questions.Length];
        while (words[^1] == 0)
        {
            await Task.WhenAny(pending);

            // In the order of asking: what somebody has already been given is not counted late.
            for (var who = 0; who < questions.Length; who++)
            {
                while (pending[who].IsCompleted && await pending[who])
                {
                    if (words[who]++ == 0 && who > 0)
                    {
                        Assert.True(words[who - 1] >= 5, $"{who} began after {words[who - 1]} words of {who - 1}");
                    }

                    pending[who] = replies[who].MoveNextAsync().AsTask();
                }
            }
        }

        foreach (var (reply, next) in replies.Zip(pending))
        {
            while (await next && await reply.MoveNextAsync())
            {
            }

            await reply.DisposeAsync();
        }
    }

    private IAsyncEnumerator<ReplyEvent> Ask(string question) =>
        brain.Scheduler.ReplyAsync(new ReplyRequest([new ChatTurn(ChatTurn.User, question)], 40, new SamplingSettings(0, 1), [], null), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
}
