using System.Text.Json;
using Microsoft.Playwright;
using SpeechBot.Bench.Talking;
using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Browser;

/// <summary>
/// The room around a page: recordings take the microphone's place, the page's tap tells what leaves its loudspeaker, and what goes over its
/// realtime connection is noted. All times are the browser's (<c>performance.now()</c>, in milliseconds).
/// </summary>
public sealed class PageRoom
{
    private const int TapRate = 24_000;
    private const float PatienceMilliseconds = 60_000;

    private readonly IPage _page;

    private PageRoom(IPage page) => _page = page;

    /// <summary>Takes hold of a page, and of everything that is loaded in it later.</summary>
    public static async Task<PageRoom> AroundAsync(IPage page)
    {
        await page.AddInitScriptAsync(scriptPath: Path.Combine(AppContext.BaseDirectory, "Browser", "microphone.js"));
        return new(page);
    }

    /// <summary>Says a recording into the microphone; answers with the time of its first voiced sample, which is still to come.</summary>
    public async Task<double> SayAsync(AudioClip clip) =>
        await _page.EvaluateAsync<double>("wav => window.bench.say(wav)", Convert.ToBase64String(WavWriter.ToBytes(clip))) + VoicedPart.Begin(clip).TotalMilliseconds;

    /// <summary>From now on the microphone hears the loudspeaker too. The page's audio must have been started.</summary>
    /// <param name="decibels">How much softer, as a negative number.</param>
    /// <param name="delayMs">How much later.</param>
    public Task EchoAsync(double decibels, double delayMs) => _page.EvaluateAsync("([decibels, delay]) => window.bench.echo(decibels, delay)", new[] { decibels, delayMs });

    /// <summary>Forgets what came out of the loudspeaker, and collects from now on, at most two minutes.</summary>
    public Task ListenAsync() => _page.EvaluateAsync("() => window.speechBot.tap.reset()");

    /// <summary>What came out of the loudspeaker since <see cref="ListenAsync"/>.</summary>
    public async Task<PageSound> HeardAsync()
    {
        var tap = await ReadAsync<Tap>("window.speechBot.tap.read()");
        return new(new AudioClip(Pcm16.ToSamples(Convert.FromBase64String(tap.Pcm16)), TapRate), tap.Began);
    }

    /// <summary>What went over the realtime connection since a time, in order.</summary>
    public async Task<IReadOnlyList<PageEvent>> EventsAsync(double since = 0) =>
        [.. (await ReadAsync<PageEvent[]>("window.bench.events")).Where(happened => happened.At >= since)];

    /// <summary>Waits for an event that came from the server at this time or later, and answers with when it did.</summary>
    /// <exception cref="TimeoutException">It did not come within a minute.</exception>
    public async Task<double> EventAsync(string type, double since) =>
        await (await _page.WaitForFunctionAsync(
            "([type, since]) => window.bench.events.find(event => event.type === type && event.at >= since && !event.sent)?.at",
            new object[] { type, since },
            new() { Timeout = PatienceMilliseconds, PollingInterval = 20 })).JsonValueAsync<double>();

    /// <summary>Waits until so much of an answer that began at this time or later has been played; false when it was shorter than that.</summary>
    /// <param name="playedMs">How much of it.</param>
    /// <param name="since">On the browser's clock.</param>
    /// <param name="leftMs">How much of it must still be to come, so that there is something to speak over.</param>
    /// <exception cref="TimeoutException">Neither was so within a minute.</exception>
    public async Task<bool> PlayedAsync(double playedMs, double since, double leftMs = 0) => await (await _page.WaitForFunctionAsync(
        """
        ([played, since, left]) => {
          const after = window.bench.events.filter(event => event.at >= since);
          return after.some(event => event.played >= played && (!left || event.left >= left)) ? 'played' : after.some(event => event.ended) ? 'ended' : null;
        }
        """,
        new[] { playedMs, since, leftMs },
        new() { Timeout = PatienceMilliseconds, PollingInterval = 20 })).JsonValueAsync<string>() == "played";

    /// <summary>The browser's clock now.</summary>
    public Task<double> NowAsync() => _page.EvaluateAsync<double>("() => performance.now()");

    private async Task<T> ReadAsync<T>(string expression) => JsonSerializer.Deserialize<T>(await _page.EvaluateAsync<string>($"() => JSON.stringify({expression})"), JsonSerializerOptions.Web)!;

    private sealed record Tap(string Pcm16, double? Began);
}
