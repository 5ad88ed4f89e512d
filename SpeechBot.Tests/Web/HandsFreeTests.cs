using System.Text.Json;
using SpeechBot.Tests.Support;
using SpeechBot.Tests.Support.Fakes;
using SpeechBot.Web.Conversations;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Tests.Web;

/// <summary>Hands free, with ears that hear what the test tells them.</summary>
public sealed class HandsFreeTests
{
    [Fact]
    public async Task An_answer_is_worked_out_ahead_and_held_until_the_turn_is_over()
    {
        await using var scene = await HandsFree.StartAsync();

        scene.Voice("a", 0);
        scene.Pause("a", "What is the capital of France?", 800);
        await scene.AnswerIsReadyAsync();
        Assert.Empty(scene.Session.Conversation.Turns);
        Assert.DoesNotContain("response.created", scene.Client.Types);

        scene.Over("a", "What is the capital of France?", 800);
        await scene.Client.WaitForAsync("response.done");

        var turn = Assert.Single(scene.Session.Conversation.Turns);
        Assert.Equal("What is the capital of France?", turn.UserText);
        Assert.Equal(1, scene.Talk.Engines.Calls.Count(call => call.Engine == "llm"));
        Assert.Equal(
            ["input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped", "input_audio_buffer.committed"],
            scene.Client.Types.Where(type => type.StartsWith("input_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_turn_sends_was_written_once_before_anybody_listened()
    {
        await using var scene = await HandsFree.StartAsync();

        scene.Voice("a", 0);
        scene.Settle("a", "What is the capital");
        scene.Pause("a", "What is the capital of France?", 800);
        scene.Over("a", "What is the capital of France?", 800);
        await scene.Client.WaitForAsync("response.done");
        await scene.Client.WaitForAsync("speechbot.turn.timings");

        string[] asItConnects = ["session.created", "session.updated"];
        Assert.Equal(EventRehearsal.OfATurn.Select(message => message.Type).Order(), scene.Client.Types.Distinct().Except(asItConnects).Order());
    }

    [Fact]
    public async Task A_speaker_who_goes_on_is_not_answered_before_the_end()
    {
        await using var scene = await HandsFree.StartAsync();

        scene.Voice("a", 0);
        scene.Pause("a", "I wanted to ask", 800);
        await scene.AnswerIsReadyAsync();
        scene.GoOn("a");
        await Eventually.TrueAsync(() => scene.Session.State == TurnState.Listening);
        scene.Pause("a", "I wanted to ask something.", 2000);
        scene.Over("a", "I wanted to ask something.", 2000);
        await scene.Client.WaitForAsync("response.done");

        Assert.Equal("I wanted to ask something.", Assert.Single(scene.Session.Conversation.Turns).UserText);
        Assert.Equal(1, scene.Client.Events.Count(message => message.GetProperty("type").GetString() == "response.created"));
    }

    [Fact]
    public async Task Words_that_will_not_change_are_shown_and_read_by_the_brain_while_the_voice_goes_on()
    {
        await using var scene = await HandsFree.StartAsync();

        scene.Voice("a", 0);
        scene.Settle("a", "I wanted to ask you something,");
        await Eventually.TrueAsync(() => WasRead("I wanted to ask you something,"));
        scene.Settle("a", " about the history of Rome,");
        await Eventually.TrueAsync(() => WasRead("I wanted to ask you something, about the history of Rome,"));

        Assert.Equal("I wanted to ask you something, about the history of Rome,", scene.Session.LiveTranscript);

        const string Whole = "I wanted to ask you something, about the history of Rome, and how long it took.";
        scene.Pause("a", Whole, 2000);
        scene.Over("a", Whole, 2000);
        scene.Settle("a", " and how long it took.");
        await scene.Client.WaitForAsync("response.done");

        Assert.Equal("", scene.Session.LiveTranscript);
        Assert.Equal(Whole, Assert.Single(scene.Session.Conversation.Turns).UserText);
        Assert.Equal(Whole, LastMessage(Assert.Single(scene.Talk.Engines.Calls, call => call.Engine == "llm")));

        bool WasRead(string words) => scene.Talk.Engines.Calls.Any(call => call.Engine == "prefill" && LastMessage(call) == words);

        static string LastMessage(EngineCall call) =>
            JsonDocument.Parse(call.Body).RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
    }

    [Fact]
    public async Task A_voice_that_goes_on_after_an_early_answer_continues_its_turn()
    {
        await using var scene = await HandsFree.StartAsync();
        scene.Talk.Engines.ClauseAudio = TimeSpan.FromSeconds(5);
        scene.Voice("a", 0);
        scene.Pause("a", "And so, my fellow Americans.", 100);
        scene.Over("a", "And so, my fellow Americans.", 100);
        await scene.Client.WaitForAsync("response.output_audio.delta");

        await scene.SpeakOverAsync("b", 400);
        scene.Pause("b", "Ask not what your country can do for you.", 450);
        await scene.Client.WaitForAsync("output_audio_buffer.cleared");
        await scene.Client.WaitForAsync("conversation.item.deleted");
        scene.Over("b", "Ask not what your country can do for you.", 450);
        await scene.Client.WaitForAsync("response.output_audio.delta");

        var turn = Assert.Single(scene.Session.Conversation.Turns);
        Assert.Equal("And so, my fellow Americans. Ask not what your country can do for you.", turn.UserText);
        var prompt = scene.Talk.Engines.Calls.Last(call => call.Engine == "llm").Body;
        Assert.DoesNotContain("\"assistant\"", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mhm.")]
    [InlineData("Yeah, right.")]
    [InlineData("(coughing)")]
    [InlineData("capital of France is Paris")]
    public async Task What_means_nothing_lets_the_answer_go_on(string heard)
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.AnswerAsync();

        await scene.SpeakOverAsync("b", 5000);
        scene.Pause("b", heard, 5300);
        await scene.Client.WaitForAsync("speechbot.output_audio.resume");
        scene.Over("b", heard, 5300);

        await scene.Client.WaitForAsync("response.done", done => done.GetProperty("response").GetProperty("status").GetString() == "completed");
        Assert.Single(scene.Session.Conversation.Turns);
    }

    [Fact]
    public async Task A_short_word_that_takes_long_to_be_understood_is_no_long_speech()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.AnswerAsync();

        // The audio is at 6 s: this voice began more than a second ago.
        await scene.SpeakOverAsync("b", 4900);
        await scene.VoiceAsync("b", pauses: true);
        await scene.Client.SendAudioAsync(new byte[960]);
        await scene.Client.SendAsync(new { type = "speechbot.ping", client_time = 1 });
        await scene.Client.WaitForAsync("speechbot.pong");
        scene.Pause("b", "Yeah.", 5300);

        await scene.Client.WaitForAsync("speechbot.output_audio.resume");
    }

    [Fact]
    public async Task Whoever_speaks_for_a_second_means_it_before_a_word_is_understood()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.AnswerAsync();

        await scene.SpeakOverAsync("b", 4900);
        await scene.VoiceAsync("b", pauses: true);
        await scene.VoiceAsync("b", pauses: false);
        await scene.Client.SendAudioAsync(new byte[960]);

        await scene.Client.WaitForAsync("output_audio_buffer.cleared");
    }

    [Fact]
    public async Task A_noise_lets_the_answer_go_on()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.AnswerAsync();

        await scene.SpeakOverAsync("b", 5000);
        scene.Noise("b");

        await scene.Client.WaitForAsync("speechbot.output_audio.resume");
    }

    [Fact]
    public async Task Speaking_over_an_answer_stops_it_and_begins_a_new_turn()
    {
        await using var scene = await HandsFree.StartAsync();

        // Longer than what is sent ahead of the loudspeaker: with its last clause sent, it would be complete and could not be cancelled.
        await scene.AnswerAsync(clauseSeconds: 4);

        scene.Voice("b", 5000);
        scene.Pause("b", "And of Italy?", 5400);
        await scene.Client.WaitForAsync("output_audio_buffer.cleared");
        var done = await scene.Client.WaitForAsync("response.done");
        scene.Over("b", "And of Italy?", 5400);
        await scene.Client.WaitForAsync("response.created");

        Assert.Equal("cancelled", done.GetProperty("response").GetProperty("status").GetString());
        Assert.Equal(["What is the capital of France?", "And of Italy?"], scene.Session.Conversation.Turns.Select(turn => turn.UserText));
        Assert.Equal(TurnState.Interrupted, scene.Session.Conversation.Turns[0].State);
    }

    [Fact]
    public async Task Stop_over_an_answer_stops_it_and_is_not_answered()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.AnswerAsync();

        scene.Voice("b", 5000);
        scene.Pause("b", "Stop.", 5400);
        await scene.Client.WaitForAsync("output_audio_buffer.cleared");
        scene.Over("b", "Stop.", 5400);
        await scene.Client.WaitForAsync("input_audio_buffer.cleared");

        Assert.Equal(TurnState.Interrupted, Assert.Single(scene.Session.Conversation.Turns).State);
        Assert.Equal(TurnState.Idle, scene.Session.State);
        Assert.Equal(1, scene.Talk.Engines.Calls.Count(call => call.Engine == "llm" && !call.Body.Contains("\"max_completion_tokens\":0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_backchannel_that_goes_on_is_heard_out_with_the_answer_silent()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.AnswerAsync();

        scene.Voice("b", 5000);
        scene.Pause("b", "Yeah.", 5300);
        await scene.Client.WaitForAsync("speechbot.output_audio.resume");
        scene.GoOn("b");
        await scene.Client.WaitForAsync("speechbot.output_audio.duck");
        scene.Pause("b", "Yeah, but what about Lyon?", 5900);
        await scene.Client.WaitForAsync("output_audio_buffer.cleared");
        scene.Over("b", "Yeah, but what about Lyon?", 5900);
        await scene.Client.WaitForAsync("response.created");

        Assert.Equal("Yeah, but what about Lyon?", scene.Session.Conversation.Turns[^1].UserText);
    }

    [Fact]
    public async Task Silence_comes_to_the_ears_in_tenths_of_a_second_and_a_voice_in_frames_as_they_are_sent()
    {
        await using var scene = await HandsFree.StartAsync();
        var ears = scene.Talk.Engines.Ears;

        await SendFramesAsync(scene, 12);
        await Eventually.TrueAsync(() => ears.Audio.Count == 2);
        scene.Voice("a", 0);
        await scene.Client.WaitForAsync("input_audio_buffer.speech_started");
        await SendFramesAsync(scene, 3);
        await Eventually.TrueAsync(() => ears.Audio.Count == 5);

        // What waited goes with the first frame that does not.
        Assert.Equal([4800, 4800, 2880, 960, 960], ears.Audio);
    }

    [Fact]
    public async Task The_ears_are_told_how_patient_to_be_and_which_trace_the_turn_has()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.Session.UpdateAsync(scene.Session.Settings with { Patience = 2.5 });

        JsonElement update;
        do
        {
            update = await scene.EarsGotAsync("session.update");
        }
        while (Patience(update) != 2.5);
    }

    [Fact]
    public async Task Ears_that_hang_up_are_told_to_the_person_and_called_again()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.Talk.Engines.DisposeAsync();

        await Eventually.TrueAsync(() => scene.Session.Notice?.StartsWith("I can't hear you", StringComparison.Ordinal) == true);
    }

    private static async Task SendFramesAsync(HandsFree scene, int count)
    {
        for (var frame = 0; frame < count; frame++)
        {
            await scene.Client.SendAudioAsync(new byte[960]);
        }
    }

    private static double Patience(JsonElement update) =>
        update.GetProperty("session").GetProperty("audio").GetProperty("input").GetProperty("turn_detection").GetProperty("patience").GetDouble();
}
