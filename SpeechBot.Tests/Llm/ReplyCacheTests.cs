using SpeechBot.Llm.Prompts;

namespace SpeechBot.Tests.Llm;

/// <summary>What is computed once is not computed again.</summary>
[Collection(nameof(Brain))]
public sealed class ReplyCacheTests(Brain brain)
{
    [Fact]
    public async Task The_next_turn_computes_only_what_is_new()
    {
        var first = await brain.AskAsync(new { messages = Brain.Messages("Name a colour."), prompt_cache_key = "next", temperature = 0 });
        var answer = first.Choices[0].Message.Content;
        var second = await brain.AskAsync(new { messages = Brain.Messages("Name a colour.", answer, "Name another one."), prompt_cache_key = "next", temperature = 0 });

        // All but the last token of the reply, which was drawn but never computed.
        Assert.True(second.SpeechBot.CachedTokens >= first.Usage.TotalTokens - 1, $"{second.SpeechBot.CachedTokens} of {first.Usage.TotalTokens}");
        Assert.True(second.SpeechBot.PrefilledTokens < 20);
    }

    [Fact]
    public async Task A_conversation_without_a_name_is_found_by_its_words()
    {
        var first = await brain.AskAsync(new { messages = Brain.Messages("Name an animal."), temperature = 0 });
        var second = await brain.AskAsync(new { messages = Brain.Messages("Name an animal.", first.Choices[0].Message.Content, "Name another one."), temperature = 0 });
        Assert.True(second.SpeechBot.CachedTokens >= first.Usage.TotalTokens - 1);
    }

    [Fact]
    public async Task Of_an_interrupted_reply_what_was_heard_stays()
    {
        var first = await brain.AskAsync(new { messages = Brain.Messages("Why is the sky blue?"), prompt_cache_key = "heard", temperature = 0 });
        var words = first.Choices[0].Message.Content.Split(' ');
        var second = await brain.AskAsync(new { messages = Brain.Messages("Why is the sky blue?", string.Join(' ', words[..4]), "Stop. What is two plus two?"), prompt_cache_key = "heard", temperature = 0 });

        Assert.True(second.SpeechBot.CachedTokens >= first.Usage.PromptTokens + 3, $"{second.SpeechBot.CachedTokens} of {first.Usage.PromptTokens}");
    }

    [Fact]
    public async Task Reading_ahead_leaves_nothing_to_read()
    {
        var messages = Brain.Messages("What is the capital of Italy?");
        var ahead = await brain.AskAsync(new { messages, prompt_cache_key = "ahead", max_completion_tokens = 0 });
        Assert.Equal(("", 0, null), (ahead.Choices[0].Message.Content, ahead.Usage.CompletionTokens, ahead.SpeechBot.FirstTokenMs));

        var reply = await brain.AskAsync(new { messages, prompt_cache_key = "ahead", temperature = 0 });
        Assert.Equal(1, reply.SpeechBot.PrefilledTokens);
        Assert.Contains("Rome", reply.Choices[0].Message.Content);
    }

    [Fact]
    public async Task What_was_read_ahead_of_half_a_sentence_serves_the_whole_one()
    {
        await brain.AskAsync(new { messages = Brain.Messages("What is the capital"), prompt_cache_key = "half", max_completion_tokens = 0 });
        var reply = await brain.AskAsync(new { messages = Brain.Messages("What is the capital of Spain?"), prompt_cache_key = "half", temperature = 0 });
        Assert.True(reply.SpeechBot.PrefilledTokens <= 10, $"{reply.SpeechBot.PrefilledTokens}");
        Assert.Contains("Madrid", reply.Choices[0].Message.Content);
    }

    [Fact]
    public async Task After_reading_ahead_the_next_question_costs_its_own_words()
    {
        var first = await brain.AskAsync(new { messages = Brain.Messages("Name a fruit."), prompt_cache_key = "begun", temperature = 0 });
        var answer = first.Choices[0].Message.Content;
        await brain.AskAsync(new { messages = Brain.Messages("Name a fruit.", answer), prompt_cache_key = "begun", max_completion_tokens = 0 });
        var second = await brain.AskAsync(new { messages = Brain.Messages("Name a fruit.", answer, "Why?"), prompt_cache_key = "begun", temperature = 0 });

        // "Why", "?", what closes the message, and what begins the reply; what begins the message was read ahead.
        var renderer = brain.Scheduler.Model!.Renderer;
        var header = renderer.Render([new(ChatTurn.User, "Why?")], reply: true).Header;
        Assert.Equal(2 + renderer.ReplyEnd.Count + header.Count, second.SpeechBot.PrefilledTokens);
    }

    [Fact]
    public async Task A_second_request_for_a_busy_conversation_shares_its_beginning()
    {
        using var leaving = new CancellationTokenSource();
        var first = brain.StreamAsync(new { messages = Brain.Messages("Tell me a long story."), prompt_cache_key = "busy", max_tokens = 200, logit_bias = brain.NeverEnding }, leaving.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await first.MoveNextAsync());

        var second = await brain.AskAsync(new { messages = Brain.Messages("Tell me a long story. A short one, I mean."), prompt_cache_key = "busy", max_tokens = 5 });
        Assert.True(second.SpeechBot.PrefilledTokens < 20);
        Assert.True(await first.MoveNextAsync());

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await first.MoveNextAsync())
            {
            }
        });
    }

    [Fact]
    public async Task A_long_talk_drops_its_oldest_turns_but_not_its_instructions()
    {
        var instructions = brain.Scheduler.Model!.Renderer.Render([new ChatTurn(ChatTurn.System, Brain.System)], reply: false).Segments[0].Tokens.Count;
        var turns = new List<string>();
        var (before, drops) = (0, 0);
        for (var turn = 0; turn < 14; turn++)
        {
            turns.Add($"Here is fact number {turn} about the sea, the wind and the weather. Please say something about it.");
            var reply = await brain.AskAsync(new { messages = Brain.Messages([.. turns]), prompt_cache_key = "long", temperature = 0, max_tokens = 30 });
            turns.Add(reply.Choices[0].Message.Content);

            Assert.True(reply.Usage.PromptTokens <= Brain.ConversationTokens - 30);
            Assert.True(turn == 0 || reply.SpeechBot.CachedTokens > instructions + 20, $"turn {turn} found only {reply.SpeechBot.CachedTokens} tokens");
            Assert.True(turn == 0 || reply.SpeechBot.PrefilledTokens < 50, $"turn {turn} computed {reply.SpeechBot.PrefilledTokens} tokens");
            drops += reply.Usage.PromptTokens < before ? 1 : 0;
            before = reply.Usage.PromptTokens;
        }

        Assert.True(drops >= 2, $"{drops}");
    }

    [Fact]
    public async Task A_client_that_sends_the_last_turns_only_pays_for_the_new_one_only()
    {
        var turns = new List<string>();
        for (var turn = 0; turn < 8; turn++)
        {
            turns.Add($"Here is fact number {turn} about the sea. Please say something about it.");
            var reply = await brain.AskAsync(new { messages = Brain.Messages([.. turns.TakeLast(5)]), prompt_cache_key = "window", temperature = 0, max_tokens = 20 });
            turns.Add(reply.Choices[0].Message.Content);
            Assert.True(turn == 0 || reply.SpeechBot.PrefilledTokens < 40, $"turn {turn} computed {reply.SpeechBot.PrefilledTokens} tokens");
        }
    }

    [Fact]
    public async Task After_a_conversation_was_shared_it_can_shift_again()
    {
        var turns = new List<string>();
        for (var turn = 0; turn < 6; turn++)
        {
            turns.Add($"Here is story number {turn} about the wind. Please go on with it.");
            object body = new { messages = Brain.Messages([.. turns.TakeLast(5)]), prompt_cache_key = "shared", temperature = 0, max_tokens = 30 };

            // Asked twice at once, as by somebody who went on talking: the second one takes the conversation over.
            var replies = await Task.WhenAll(brain.AskAsync(body), brain.AskAsync(body));
            turns.Add(replies[1].Choices[0].Message.Content);
            Assert.True(turn == 0 || replies.Min(reply => reply.SpeechBot.PrefilledTokens) < 60, $"turn {turn}");
        }
    }
}
