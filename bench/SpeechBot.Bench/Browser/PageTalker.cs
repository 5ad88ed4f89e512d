using System.Text.Json;
using Microsoft.Playwright;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Talking;
using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Browser;

/// <summary>
/// A person in front of the page, hands free: recordings take the microphone's place, and the page's tap tells when the first audible
/// sample left its audio graph for the loudspeaker. Both are on the browser's clock.
/// </summary>
public sealed class PageTalker(PageVisit visit) : IAsyncDisposable
{
    private const string AtLoudspeaker = "voice to voice, at the loudspeaker";

    private IPage Page => visit.Page;

    /// <summary>Opens the page and its microphone.</summary>
    /// <exception cref="FileNotFoundException">There is no Chromium.</exception>
    public static async Task<PageTalker> StartAsync(Uri web) => new(await PageVisit.StartAsync(web));

    /// <summary>Says a recording and listens until the answer was played.</summary>
    public async Task<TurnResult> SayAsync(string name, AudioClip clip)
    {
        var cpu = CpuMeter.Start();
        await Page.EvaluateAsync("() => window.speechBot.tap.reset()");
        var began = await Page.EvaluateAsync<double>("wav => window.bench.say(wav)", Convert.ToBase64String(WavWriter.ToBytes(clip)));
        var voiceEnded = began + VoicedPart.End(clip).TotalMilliseconds;
        var error = await AnsweredAsync(voiceEnded);
        var (left, atLoudspeaker) = await ReadAsync<Tap>("speechBot.tap.read()");
        var stages = await ReadAsync<Dictionary<string, double>?>(FormattableString.Invariant($"bench.events.find(event => event.stages && event.at >= {voiceEnded})?.stages")) ?? [];
        if (atLoudspeaker is not null)
        {
            stages[AtLoudspeaker] = atLoudspeaker.Value - voiceEnded;
        }

        return new()
        {
            Clip = name,
            VoiceToVoice = left - voiceEnded,
            Stages = stages,
            AnsweredEarly = left < voiceEnded,
            Transcript = await LastAsync("turn-user"),
            Answer = await LastAsync("turn-bot"),
            Error = error ?? (left < voiceEnded ? "answered early" : null),
            Others = cpu.OthersPercent(),
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => visit.DisposeAsync();

    private async Task<string?> AnsweredAsync(double voiceEnded)
    {
        try
        {
            await Page.WaitForFunctionAsync(
                """
                voiceEnded => {
                  const { lastAudible } = window.speechBot.tap.read();
                  return lastAudible !== null && lastAudible > voiceEnded && performance.now() - lastAudible > 1500
                      && document.querySelector('[data-testid=state]').dataset.state === 'listening';
                }
                """,
                voiceEnded,
                new() { Timeout = PageVisit.PatienceMilliseconds, PollingInterval = 200 });
            return null;
        }
        catch (TimeoutException)
        {
            return $"no answer within {PageVisit.PatienceMilliseconds / 1000} s; the page says \"{await Page.GetByTestId("state").InnerTextAsync()}\"";
        }
    }

    private async Task<T> ReadAsync<T>(string expression) =>
        JsonSerializer.Deserialize<T>(await Page.EvaluateAsync<string>($"() => JSON.stringify({expression} ?? null)"), JsonSerializerOptions.Web)!;

    private async Task<string> LastAsync(string testId)
    {
        var lines = Page.GetByTestId(testId);
        return await lines.CountAsync() == 0 ? "" : await lines.Last.InnerTextAsync();
    }

    private sealed record Tap(double? FirstOut, double? FirstAudible);
}
