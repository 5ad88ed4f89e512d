using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SpeechBot.Tests.Support;
using SpeechBot.Tests.Support.Fakes;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

/// <summary>A stage that fails becomes a sentence in the conversation, never a hang.</summary>
public sealed class StageFailureTests
{
    private const string Words = "Who are you?";

    [Theory]
    [InlineData("stt", "The ears (speech recognition) could not do it")]
    [InlineData("llm", "The brain (language model) could not do it")]
    public async Task A_stage_that_refuses_says_so_in_the_conversation(string engine, string sentence)
    {
        await using var talk = await Talk.StartAsync();
        talk.Engines.Before = Fail(engine);
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskByVoiceAsync();
        var done = await client.WaitForAsync("response.done");

        Assert.Equal("failed", done.GetProperty("response").GetProperty("status").GetString());
        var turn = Assert.Single(session.Conversation.Turns);
        Assert.Equal(TurnState.Failed, turn.State);
        Assert.StartsWith(sentence, turn.Failure);
        await Eventually.TrueAsync(() => session.State == TurnState.Idle);
    }

    [Fact]
    public async Task Without_a_voice_the_answer_is_written_to_its_end()
    {
        await using var talk = await Talk.StartAsync();
        talk.Engines.Before = Fail("tts");
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskByVoiceAsync();
        await client.WaitForAsync("response.done");
        await Eventually.TrueAsync(() => session.Conversation.Turns[0].Ended);

        var turn = session.Conversation.Turns[0];
        Assert.Equal((TurnState.Failed, talk.Engines.Reply), (turn.State, turn.HeardText));
        Assert.StartsWith("The voice (speech synthesis)", turn.Failure);
    }

    [Theory]
    [InlineData("stt", "The ears (speech recognition) did not answer within 60 s.")]
    [InlineData("llm", "The brain (language model) did not answer within 60 s.")]
    [InlineData("tts", "The voice (speech synthesis) did not answer within 30 s.")]
    public async Task A_stage_that_hangs_is_given_up_at_its_deadline(string engine, string sentence)
    {
        var time = new FakeTimeProvider();
        await using var talk = await Talk.StartAsync(time);
        talk.Engines.Before = call => call.Engine == engine ? call.UntilAbandonedAsync() : Task.CompletedTask;
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskByVoiceAsync();
        await Eventually.TrueAsync(() => talk.Engines.Calls.Any(call => call.Engine == engine));
        time.Advance(TimeSpan.FromSeconds(61));
        await client.WaitForAsync("response.done");
        await Eventually.TrueAsync(() => session.Conversation.Turns is [{ Failure: not null }]);

        Assert.StartsWith(sentence, session.Conversation.Turns[0].Failure);
        await Eventually.TrueAsync(() => talk.Engines.Calls.Single(call => call.Engine == engine).Abandoned.IsCancellationRequested);
    }

    [Fact]
    public async Task At_the_end_of_the_program_a_stage_that_hangs_is_let_go()
    {
        await using var talk = await Talk.StartAsync();
        talk.Engines.Before = call => call.Engine == "llm" ? call.UntilAbandonedAsync() : Task.CompletedTask;
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);
        await client.AskByVoiceAsync();
        await Eventually.TrueAsync(() => talk.Engines.Calls.Any(call => call.Engine == "llm"));

        await talk.Services.GetRequiredService<VoiceSessions>().StopAsync(TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => talk.Engines.Calls.Single(call => call.Engine == "llm").Abandoned.IsCancellationRequested);
    }

    [Fact]
    public async Task After_a_failure_the_next_turn_works()
    {
        await using var talk = await Talk.StartAsync();
        talk.Engines.Before = Fail("llm");
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);
        await client.AskAsync(Words);
        await client.WaitForAsync("response.done");

        talk.Engines.Before = _ => Task.CompletedTask;
        await client.AskAsync(Words);
        var done = await client.WaitForAsync("response.done");

        Assert.Equal("completed", done.GetProperty("response").GetProperty("status").GetString());
    }

    private static Func<EngineCall, Task> Fail(string engine) => call =>
        call.Engine == engine ? throw new BadHttpRequestException("out of order", StatusCodes.Status503ServiceUnavailable) : Task.CompletedTask;
}
