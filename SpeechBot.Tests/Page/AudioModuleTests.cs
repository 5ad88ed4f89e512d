using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

/// <summary>The page's audio in a real browser, against a server that does what the test says.</summary>
public sealed class AudioModuleTests(BrowserFixture browsers) : IClassFixture<BrowserFixture>
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
        await page.WaitForFunctionAsync("() => talk.replay('item_said')");
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
        await page.WaitForFunctionAsync("() => levels.at(-1)?.level === 0");

        var levels = await page.EvaluateAsync<double[]>("() => levels.map(({ level }) => level)");
        var lasted = await page.EvaluateAsync<double>("() => levels.at(-1).at - levels[0].at");
        Assert.All(levels[..^1].Zip(levels.Skip(1)), step => Assert.NotEqual(step.First, step.Second));
        Assert.InRange(levels.Length, 2, (lasted / 80) + 2);
    }

    [Fact]
    public async Task An_answer_leaves_the_loudspeaker_whole_and_its_place_is_reported()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        await host.AnswerAsync("item_answer", 1, seconds: 1.5);
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.Ended));

        var heard = await HeardAsync(page);
        Assert.InRange(heard.Count(Audible), 0.95 * 1.5 * Rate, 1.5 * Rate);
        Assert.Equal((0, false), Reports(host).First());
        Assert.Equal((1_500, true), Reports(host).Last());
    }

    [Fact]
    public async Task A_voice_over_the_answer_holds_it_and_it_goes_on_from_its_place()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        await host.AnswerAsync("item_answer", 1, seconds: 2);
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.PlayedMs > 500));
        await host.SendAsync(new() { ["type"] = "speechbot.output_audio.duck", ["item_id"] = "item_answer" });
        await page.WaitForTimeoutAsync(600);
        await host.SendAsync(new() { ["type"] = "speechbot.output_audio.resume", ["item_id"] = "item_answer" });
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.Ended));

        var heard = await HeardAsync(page);
        var loud = Windows(heard).Select(window => window.Any(Audible)).ToList();
        Assert.Contains(Runs(loud), run => run is { Loud: false, Windows: > 20 });
        Assert.InRange(heard.Count(Audible), 0.93 * 2 * Rate, 2 * Rate);
        Assert.Equal(2, Runs(loud).Count(run => run.Loud));
    }

    [Fact]
    public async Task An_answer_that_is_given_up_while_it_is_held_stays_silent()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        await host.AnswerAsync("item_answer", 1, seconds: 3);
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.PlayedMs > 500));
        await host.SendAsync(new() { ["type"] = "speechbot.output_audio.duck", ["item_id"] = "item_answer" });
        await page.WaitForTimeoutAsync(400);
        await host.SendAsync(new() { ["type"] = "output_audio_buffer.cleared", ["item_id"] = "item_answer" });
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.Ended));
        await page.WaitForTimeoutAsync(100);

        Assert.Single(Runs(Windows(await HeardAsync(page)).Select(window => window.Any(Audible)).ToList()), run => run.Loud);
    }

    [Fact]
    public async Task A_press_silences_the_answer_within_20_ms_and_reports_how_much_was_heard()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        await host.AnswerAsync("item_answer", 1, seconds: 5);
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.PlayedMs > 500));
        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.Ended));

        var heard = (await HeardAsync(page)).Count(Audible) * 1000.0 / Rate;
        var (playedMs, _) = Reports(host).Last();
        Assert.InRange(playedMs, 500, 4_000);
        Assert.InRange(heard, 0.93 * playedMs, playedMs + 20);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_and_the_page_is_told()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        host.Break();
        await Eventually.TrueAsync(() => host.Connections == 2);

        await page.WaitForFunctionAsync("() => states.at(-1).connected === true");
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
    public async Task A_sound_over_the_answer_silences_it_before_the_ears_are_sure_and_a_noise_lets_it_go_on()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        await page.EvaluateAsync("() => talk.configure({ mode: 'HandsFree', volume: 1 })");
        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(() => !host.Frames.IsEmpty);

        // The browser's own microphone beeps.
        await host.AnswerAsync("item_answer", 1, seconds: 4);
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.Ended));

        var heard = await HeardAsync(page);
        Assert.Contains(Runs([.. Windows(heard).Select(window => window.Any(Audible))]), run => run is { Loud: false, Windows: > 20 });
        Assert.InRange(heard.Count(Audible), 0.93 * 4 * Rate, 4 * Rate);
    }

    [Fact]
    public async Task What_is_no_louder_than_the_answers_echo_is_nobody()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);

        var begins = await page.EvaluateAsync<bool[]>(
            """
            async () => {
              const { Onset } = await import('/audio/onset.js');
              const onset = new Onset();
              let now = 0;
              const frames = (count, microphone, loudspeaker) => {
                let begins = false;
                for (let i = 0; i < count; i++) {
                  now += 20;
                  if (loudspeaker) onset.played(loudspeaker, now);
                  begins = onset.heard(microphone, now) || begins;
                }
                return begins;
              };
              return [frames(50, 0.001, 0), frames(150, 0.01, 0.1), frames(3, 0.05, 0.1), frames(50, 0.05, 0.1), frames(40, 0.001, 0), frames(3, 0.01, 0)];
            }
            """);

        // A quiet room, an echo, somebody, who is told of once, a quiet room, somebody.
        Assert.Equal([false, false, true, false, false, true], begins);
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
    public async Task A_blocked_microphone_is_explained()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        await page.EvaluateAsync("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); }");

        await page.ClickAsync("#talk");
        await page.WaitForFunctionAsync("() => states.at(-1).message");

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

    private static async Task<float[]> HeardAsync(IPage page)
    {
        // The tap's last block is on its way when the end is reported.
        await page.WaitForTimeoutAsync(100);
        var pcm = Convert.FromBase64String(await page.EvaluateAsync<string>("() => speechBot.tap.read().pcm16"));
        return [.. MemoryMarshal.Cast<byte, short>(pcm).ToArray().Select(sample => sample / 32_768f)];
    }

    private static IEnumerable<JsonNode> Sent(AudioHost host, string type) => host.Events.Where(message => Type(message) == type);

    private static string Type(JsonNode message) => message["type"]!.GetValue<string>();

    private static IEnumerable<(double PlayedMs, bool Ended)> Reports(AudioHost host) =>
        Sent(host, "speechbot.playback").Select(report => (report["played_ms"]!.GetValue<double>(), report["ended"]!.GetValue<bool>()));

    private static bool Audible(float sample) => Math.Abs(sample) > 0.005f;

    private static IEnumerable<float[]> Windows(float[] samples) => samples.Chunk(Rate / 100);

    private static List<(bool Loud, int Windows)> Runs(List<bool> loud)
    {
        List<(bool Loud, int Windows)> runs = [];
        foreach (var window in loud)
        {
            if (runs is [.., var last] && last.Loud == window)
            {
                runs[^1] = (window, last.Windows + 1);
            }
            else
            {
                runs.Add((window, 1));
            }
        }

        return runs;
    }
}
