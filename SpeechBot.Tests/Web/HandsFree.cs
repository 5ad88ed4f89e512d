using System.Text.Json;
using SpeechBot.Tests.Support;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

/// <summary>A hands-free talk whose ears a test plays.</summary>
internal sealed class HandsFree(Talk talk, VoiceSession session, RealtimeClient client) : IAsyncDisposable
{
    internal Talk Talk { get; } = talk;

    internal VoiceSession Session { get; } = session;

    internal RealtimeClient Client { get; } = client;

    internal static async Task<HandsFree> StartAsync()
    {
        var talk = await Talk.StartAsync();
        var session = await talk.OpenSessionAsync();
        await session.UpdateAsync(session.Settings with { TurnMode = TurnMode.HandsFree, Pipeline = PipelineMode.Speculative });
        var scene = new HandsFree(talk, session, await talk.ConnectAsync(session));
        await scene.EarsGotAsync("session.update");
        return scene;
    }

    internal void Voice(string item, int startMs) => Talk.Engines.Ears.Say(new { type = "input_audio_buffer.speech_started", item_id = item, audio_start_ms = startMs });

    /// <summary>A voice begins over the answer, which is held for it.</summary>
    internal async Task SpeakOverAsync(string item, int startMs)
    {
        Voice(item, startMs);
        await Client.WaitForAsync("speechbot.output_audio.duck");
    }

    /// <summary>The voice stops for a moment, or goes on, and web knows it.</summary>
    internal async Task VoiceAsync(string item, bool pauses)
    {
        Talk.Engines.Ears.Say(new { type = pauses ? "speechbot.voice.paused" : "speechbot.voice.resumed", item_id = item });
        Settle(item, ".");
        await Client.WaitForAsync("conversation.item.input_audio_transcription.delta");
    }

    internal void Pause(string item, string transcript, int endMs) => Talk.Engines.Ears.Say(new { type = "speechbot.turn.candidate", item_id = item, transcript, audio_end_ms = endMs });

    /// <summary>More words that will not change.</summary>
    internal void Settle(string item, string delta) => Talk.Engines.Ears.Say(new { type = "conversation.item.input_audio_transcription.delta", item_id = item, delta });

    internal void Over(string item, string transcript, int endMs) => Talk.Engines.Ears.Say(new { type = "speechbot.turn.confirmed", item_id = item, transcript, audio_end_ms = endMs });

    internal void GoOn(string item) => Talk.Engines.Ears.Say(new { type = "speechbot.turn.dropped", item_id = item, reason = "resumed" });

    internal void Noise(string item) => Talk.Engines.Ears.Say(new { type = "speechbot.turn.dropped", item_id = item, reason = "noise" });

    /// <summary>A question has been asked some seconds ago, and its answer is long enough to be spoken over.</summary>
    internal async Task AnswerAsync(double clauseSeconds = 2)
    {
        Talk.Engines.ClauseAudio = TimeSpan.FromSeconds(clauseSeconds);
        // The audio's clock: a voice at 5 s is long after this turn's end.
        for (var second = 0; second < 6; second++)
        {
            await Client.SendAudioAsync(new byte[48_000]);
        }

        await Client.SendAsync(new { type = "speechbot.capture", audio_ms = 0, at = -6000 });
        await Client.SendAsync(new { type = "speechbot.ping", client_time = 0 });
        await Client.WaitForAsync("speechbot.pong");
        Voice("a", 0);
        Pause("a", "What is the capital of France?", 500);
        Over("a", "What is the capital of France?", 500);
        await Client.WaitForAsync("response.output_audio.delta");
    }

    internal Task AnswerIsReadyAsync() => Eventually.TrueAsync(() => Talk.Engines.Calls.Any(call => call.Engine == "tts"));

    /// <summary>Waits for what the ears are sent.</summary>
    internal async Task<JsonElement> EarsGotAsync(string type)
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var message = await Talk.Engines.Ears.Received.Reader.ReadAsync(impatience.Token);
            if (message.GetProperty("type").GetString() == type)
            {
                return message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Session.DisposeAsync();
        await Talk.DisposeAsync();
    }
}
