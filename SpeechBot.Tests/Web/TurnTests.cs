using System.Text.Json;
using SpeechBot.Tests.Support;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

/// <summary>A turn from what was said to what was heard, between scripted engines.</summary>
public sealed class TurnTests
{
    [Theory]
    [InlineData("sequential")]
    [InlineData("streamed")]
    [InlineData("speculative")]
    public async Task A_spoken_question_is_answered_in_the_order_of_the_stages(string pipeline)
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);
        await client.SendAsync(new { type = "session.update", session = new { speechbot = new { pipeline, binary_audio = true } } });

        await client.AskByVoiceAsync();
        var done = await client.WaitForAsync("response.done");

        Assert.Equal("completed", done.GetProperty("response").GetProperty("status").GetString());
        Assert.Equal(
            [
                "input_audio_buffer.committed", "conversation.item.added", "conversation.item.input_audio_transcription.completed", "response.created",
                "response.output_item.added", "response.output_audio_transcript.delta", "response.output_audio_transcript.done", "response.output_audio.done", "response.done",
            ],
            client.Types.Where(type => type.StartsWith("input_", StringComparison.Ordinal) || type.StartsWith("conv", StringComparison.Ordinal) || type.StartsWith("resp", StringComparison.Ordinal)));
        var turn = Assert.Single(session.Conversation.Turns);
        Assert.Equal((talk.Engines.Transcript, talk.Engines.Reply), (turn.UserText, turn.BotText));
        var clauses = pipeline == "sequential" ? 1 : 3;
        Assert.Equal(clauses, turn.Clauses.Count);
        Assert.Equal(clauses * (int)(talk.Engines.ClauseAudio.TotalMilliseconds * 48), (int)client.Audio.Length);
        Assert.NotNull(turn.Timings.Released);
    }

    [Fact]
    public async Task The_marks_rise_and_their_segments_add_up()
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskByVoiceAsync();
        var item = (await client.WaitForAsync("response.output_item.added")).GetProperty("item").GetProperty("id").GetString();
        await client.SendAsync(new { type = "speechbot.ping", client_time = 0 });
        var now = (await client.WaitForAsync("speechbot.pong")).GetProperty("server_time").GetDouble();
        await client.SendAsync(new { type = "speechbot.playback", item_id = item, played_ms = 0, at = now });
        await client.WaitForAsync("speechbot.turn.timings");

        var timings = session.Conversation.Turns[0].Timings;
        double?[] marks = [timings.LastVoiced, timings.Transcript, timings.FirstToken, timings.FirstClause, timings.FirstAudio, timings.Released, timings.Heard];
        Assert.All(marks, mark => Assert.NotNull(mark));
        Assert.Equal(marks.Order(), marks);
        Assert.Equal(["ears", "brain", "voice", "wait", "sound"], timings.Segments.Select(segment => segment.Name));
        Assert.Equal(timings.VoiceToVoice!.Value, timings.Segments.Sum(segment => segment.Ms), 6);
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(60_000, 500)]
    public async Task What_the_loudspeaker_is_behind_counts_but_not_a_clock_that_is_off(double behindMs, double counted)
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskByVoiceAsync();
        var item = (await client.WaitForAsync("response.output_item.added")).GetProperty("item").GetProperty("id").GetString();
        await client.SendAsync(new { type = "speechbot.ping", client_time = 0 });
        var now = (await client.WaitForAsync("speechbot.pong")).GetProperty("server_time").GetDouble();
        await client.SendAsync(new { type = "speechbot.playback", item_id = item, played_ms = 0, at = now + behindMs });
        await client.WaitForAsync("speechbot.turn.timings");

        var timings = session.Conversation.Turns[0].Timings;
        var sound = timings.Heard!.Value - timings.Released!.Value;
        Assert.InRange(sound, counted, counted + session.Clock);
    }

    [Fact]
    public async Task The_brain_is_given_the_earlier_turns_as_they_were_heard()
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskAsync("Who are you?");
        await client.WaitForAsync("speechbot.turn.timings");
        await client.AskByVoiceAsync();
        await client.WaitForAsync("response.done");

        var prompt = JsonDocument.Parse(talk.Engines.Calls.Last(call => call.Engine == "llm").Body).RootElement;
        Assert.Equal(
            [("system", SessionSettings.DefaultSystemPrompt), ("user", "Who are you?"), ("assistant", talk.Engines.Reply), ("user", talk.Engines.Transcript)],
            prompt.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, TextOf(message.GetProperty("content")))));
        Assert.Equal(session.Conversation.Id, prompt.GetProperty("prompt_cache_key").GetString());
    }

    [Fact]
    public async Task After_an_answer_the_next_turns_history_is_computed_ahead()
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskAsync("Who are you?");
        await client.WaitForAsync("speechbot.turn.timings");
        await Eventually.TrueAsync(() => talk.Engines.Calls.Any(call => call.Engine == "prefill" && call.Body.Contains("Who are you?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_typed_turn_without_a_loudspeaker_is_written()
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();

        await session.SayAsync("Who are you?");
        await Eventually.TrueAsync(() => session.Conversation.Turns is [{ State: TurnState.Done }]);

        Assert.Equal(talk.Engines.Reply, session.Conversation.Turns[0].HeardText);
        Assert.DoesNotContain(talk.Engines.Calls, call => call.Engine == "tts");
    }

    [Fact]
    public async Task Silence_leaves_no_turn_and_says_so()
    {
        await using var talk = await Talk.StartAsync();
        talk.Engines.Transcript = "";
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskByVoiceAsync();
        var done = await client.WaitForAsync("response.done");

        Assert.Equal("cancelled", done.GetProperty("response").GetProperty("status").GetString());
        await Eventually.TrueAsync(() => session.Notice?.StartsWith("I did not hear", StringComparison.Ordinal) == true);
        Assert.Empty(session.Conversation.Turns);
    }

    [Fact]
    public async Task An_interrupted_answer_is_remembered_as_far_as_it_was_heard()
    {
        await using var talk = await Talk.StartAsync();
        talk.Engines.ClauseAudio = TimeSpan.FromSeconds(2.5);

        // The last clause is not spoken: with it, the answer would be complete and could not be cancelled.
        talk.Engines.Before = call => call.Engine == "tts" && call.Body.Contains("Seine", StringComparison.Ordinal)
            ? call.UntilAbandonedAsync()
            : Task.CompletedTask;
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskByVoiceAsync();
        var item = (await client.WaitForAsync("response.output_item.added")).GetProperty("item").GetProperty("id").GetString();
        await client.WaitForAsync("response.output_audio_transcript.delta");
        await client.WaitForAsync("response.output_audio_transcript.delta");
        await client.SendAsync(new { type = "response.cancel" });
        await client.WaitForAsync("output_audio_buffer.cleared");
        Assert.Equal("cancelled", (await client.WaitForAsync("response.done")).GetProperty("response").GetProperty("status").GetString());
        await client.SendAsync(new { type = "speechbot.playback", item_id = item, played_ms = 1300, at = 0, ended = true });

        var turn = session.Conversation.Turns[0];
        await Eventually.TrueAsync(() => turn.HeardText == "The capital");
        Assert.Equal(TurnState.Interrupted, turn.State);
    }

    [Theory]
    [InlineData("stt")]
    [InlineData("llm")]
    [InlineData("tts")]
    public async Task A_cancelled_turn_ends_the_request_that_it_waits_for(string engine)
    {
        await using var talk = await Talk.StartAsync();
        talk.Engines.Before = call => call.Engine == engine ? call.UntilAbandonedAsync() : Task.CompletedTask;
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.AskByVoiceAsync();
        await Eventually.TrueAsync(() => talk.Engines.Calls.Any(call => call.Engine == engine) && session.Conversation.Turns.Count == 1);
        session.Interrupt();

        await Eventually.TrueAsync(() => talk.Engines.Calls.Single(call => call.Engine == engine).Abandoned.IsCancellationRequested);
        await Eventually.TrueAsync(() => session.State == TurnState.Idle);
    }

    [Fact]
    public async Task An_old_answer_can_be_spoken_again_without_a_new_turn()
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);
        await client.AskAsync("Who are you?");
        await client.WaitForAsync("speechbot.turn.timings");

        await session.ReplayAsync(session.Conversation.Turns[0]);
        await client.WaitForAsync("response.output_audio.delta");
        await client.WaitForAsync("response.done");

        Assert.Single(session.Conversation.Turns);
        Assert.Equal(1, talk.Engines.Calls.Count(call => call.Engine == "llm"));
    }

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
}
