using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

/// <summary>The page's audio in a real browser, against a server that does what the test says.</summary>
public sealed partial class AudioModuleTests(BrowserFixture browsers) : IClassFixture<BrowserFixture>
{
    private const int Rate = 24_000;

    [Fact]
    public async Task Two_presses_send_a_recording_in_frames_of_20_ms_and_ask_for_the_answer()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(() => host.Frames.Count > 60);
        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(() => Sent(host, "response.create").Any());

        Assert.All(host.Frames, bytes => Assert.Equal(960, bytes));
        Assert.Equal(["input_audio_buffer.commit", "response.create"], host.Events.Select(Type).Where(type => !type.StartsWith("speechbot.", StringComparison.Ordinal)).TakeLast(2));
        await Eventually.TrueAsync(page, "() => talk.replay('item_said')");
    }

    [Fact]
    public async Task The_ring_follows_the_voice_no_faster_than_an_eye_does()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        await page.EvaluateAsync(
            """
            () => {
              const button = document.querySelector('#talk');
              window.levels = [];
              new MutationObserver(() => levels.push({ level: Number(button.style.getPropertyValue('--level')), at: performance.now() }))
                .observe(button, { attributeFilter: ['style'] });
            }
            """);

        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(() => host.Frames.Count > 60);
        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(page, "() => levels.at(-1)?.level === 0");

        var levels = await page.EvaluateAsync<double[]>("() => levels.map(({ level }) => level)");
        var lasted = await page.EvaluateAsync<double>("() => levels.at(-1).at - levels[0].at");
        Assert.All(levels[..^1].Zip(levels.Skip(1)), step => Assert.NotEqual(step.First, step.Second));
        Assert.InRange(levels.Length, 2, (lasted / 80) + 2);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_and_the_page_is_told()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        host.Break();
        await Eventually.TrueAsync(() => host.Connections == 2);

        await Eventually.TrueAsync(page, "() => states.at(-1).connected === true");
        Assert.Contains(false, await page.EvaluateAsync<bool?[]>("() => states.map(state => state.connected)"));
    }

    [Fact]
    public async Task Hands_free_the_microphone_is_open_again_with_the_connection()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        await page.EvaluateAsync("() => talk.configure({ mode: 'HandsFree', volume: 1 })");
        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(() => !host.Frames.IsEmpty);

        host.Break();
        await Eventually.TrueAsync(() => host.Connections == 2);
        host.Frames.Clear();

        await Eventually.TrueAsync(() => !host.Frames.IsEmpty);
        Assert.True(await page.EvaluateAsync<bool>("() => states.at(-1).recording"));
    }

    [Fact]
    public async Task Closing_the_microphone_hands_free_tells_the_ears_to_wait_for_nothing()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        await page.EvaluateAsync("() => talk.configure({ mode: 'HandsFree', volume: 1 })");
        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(() => !host.Frames.IsEmpty);

        await page.ClickAsync("#talk");

        await Eventually.TrueAsync(() => Sent(host, "input_audio_buffer.clear").Any());
    }

    [Fact]
    public async Task Hands_free_silence_goes_out_in_fifths_of_a_second_and_everything_else_at_once()
    {
        const int Frame = 960;
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        await page.EvaluateAsync(
            """
            () => {
              const context = new AudioContext();
              const tone = new OscillatorNode(context, { frequency: 220 });
              const microphone = context.createMediaStreamDestination();
              window.voice = new GainNode(context, { gain: 0 });
              tone.connect(voice).connect(microphone);
              tone.start();
              navigator.mediaDevices.getUserMedia = async () => microphone.stream;
              return talk.configure({ mode: 'HandsFree', volume: 1 });
            }
            """);

        await page.ClickAsync("#talk");
        await SilenceWaitsAsync();

        await page.EvaluateAsync("() => { voice.gain.value = 0.5; }");
        await FramesComeAloneAsync();

        // The silence behind a voice may be the end of a turn.
        await host.SendAsync(new() { ["type"] = "input_audio_buffer.speech_started", ["item_id"] = "item_said", ["audio_start_ms"] = 0 });
        await host.SendAsync(new() { ["type"] = "error", ["error"] = new JsonObject { ["message"] = "so far" } });
        await Eventually.TrueAsync(page, "() => states.at(-1).message === 'so far'");
        await page.EvaluateAsync("() => { voice.gain.value = 0; }");
        host.Frames.Clear();
        await Eventually.TrueAsync(() => host.Frames.Count > 50);
        Assert.All(host.Frames, bytes => Assert.Equal(Frame, bytes));

        await host.SendAsync(new() { ["type"] = "input_audio_buffer.cleared" });
        await SilenceWaitsAsync();

        async Task SilenceWaitsAsync()
        {
            host.Frames.Clear();
            await Eventually.TrueAsync(() => host.Frames.TakeLast(3).Count(bytes => bytes == 10 * Frame) == 3);
        }

        Task FramesComeAloneAsync() => Eventually.TrueAsync(() => host.Frames.TakeLast(5).Count(bytes => bytes == Frame) == 5);
    }

    [Fact]
    public async Task A_blocked_microphone_is_explained()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        await page.EvaluateAsync("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); }");

        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(page, "() => states.at(-1).message");

        Assert.Contains("your browser blocks the microphone", await page.EvaluateAsync<string>("() => states.at(-1).message"), StringComparison.Ordinal);
        Assert.False(await page.EvaluateAsync<bool>("() => states.at(-1).recording"));
    }

    [Fact]
    public async Task A_recording_is_cut_where_the_ears_heard_it_begin_and_end()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        var samples = await page.EvaluateAsync<int>(
            """
            async () => {
              const { Recorder } = await import('/audio/recorder.js');
              const recorder = new Recorder();
              const add = (from, to) => { for (let ms = from; ms < to; ms += 20) recorder.add(new Int16Array(480), ms + 20); };
              add(0, 20_000);
              recorder.begin(18_000);
              add(20_000, 30_000);
              recorder.end(21_000);
              return recorder.take().length;
            }
            """);

        // Three seconds, and two frames more so that the last sound is not clipped.
        Assert.Equal((3_000 + 40) * Rate / 1_000, samples);
    }

    private async Task<IPage> OpenAsync(AudioHost host)
    {
        var page = await browsers.OpenAsync();
        await page.GotoAsync(host.Address.ToString());
        await page.EvaluateAsync(
            """
            async () => {
              window.states = [];
              const { start } = await import('/audio/talk.js');
              window.talk = await start({ invokeMethodAsync: async (_, state) => states.push(state) });
              talk.bind(document.querySelector('#talk'));
              await talk.configure({ mode: 'PushToTalk', volume: 1 });
              speechBot.tap.reset();
              talk.connect('session');
              await talk.graph.resume();
            }
            """);
        await Eventually.TrueAsync(() => Sent(host, "speechbot.ping").Count() >= 3);
        return page;
    }

    private static IEnumerable<JsonNode> Sent(AudioHost host, string type) => host.Events.Where(message => Type(message) == type);

    private static string Type(JsonNode message) => message["type"]!.GetValue<string>();
}
