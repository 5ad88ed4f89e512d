using System.Runtime.InteropServices;
using Microsoft.Playwright;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

/// <summary>What leaves the loudspeaker: an answer, and what silences it.</summary>
public sealed partial class AudioModuleTests
{
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
    public async Task The_tap_tells_by_when_the_first_sound_had_left_the_graph()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        Assert.Null(await page.EvaluateAsync<double?>("() => speechBot.tap.read().firstOut"));

        var asked = await page.EvaluateAsync<double>("() => performance.now()");
        await host.AnswerAsync("item_answer", 1, seconds: 1);
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.Ended));
        await HeardAsync(page);

        var lastAudible = await page.EvaluateAsync<double>("() => speechBot.tap.read().lastAudible");
        Assert.InRange(await page.EvaluateAsync<double>("() => speechBot.tap.read().firstOut"), asked, lastAudible);
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
    public async Task What_the_ears_took_for_a_voice_holds_the_answer_whatever_else_is_heard()
    {
        await using var host = await AudioHost.StartAsync();
        var page = await OpenAsync(host);
        await page.EvaluateAsync("() => talk.configure({ mode: 'HandsFree', volume: 1 })");
        await page.ClickAsync("#talk");
        await Eventually.TrueAsync(() => !host.Frames.IsEmpty);

        await host.AnswerAsync("item_answer", 1, seconds: 8);
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.PlayedMs > 100));
        await host.SendAsync(new() { ["type"] = "speechbot.output_audio.duck", ["item_id"] = "item_answer" });

        // The browser's own microphone beeps every second.
        await page.WaitForTimeoutAsync(5_000);
        await host.SendAsync(new() { ["type"] = "output_audio_buffer.cleared", ["item_id"] = "item_answer" });
        await Eventually.TrueAsync(() => Reports(host).Any(report => report.Ended));

        var last = Runs([.. Windows(await HeardAsync(page)).Select(window => window.Any(Audible))])[^1];
        Assert.False(last.Loud);
        Assert.InRange(last.Windows, 480, 1_000);
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

    private static async Task<float[]> HeardAsync(IPage page)
    {
        // The tap's last block is on its way when the end is reported.
        await page.WaitForTimeoutAsync(100);
        var pcm = Convert.FromBase64String(await page.EvaluateAsync<string>("() => speechBot.tap.read().pcm16"));
        return [.. MemoryMarshal.Cast<byte, short>(pcm).ToArray().Select(sample => sample / 32_768f)];
    }

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
