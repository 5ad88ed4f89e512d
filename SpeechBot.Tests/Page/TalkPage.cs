using Microsoft.Playwright;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

/// <summary>The talk page as a person uses it.</summary>
public sealed class TalkPage(IPage page)
{
    private const int TapRate = 24_000;

    /// <summary>What was understood, newest last.</summary>
    public ILocator Questions => page.GetByTestId("turn-user");

    /// <summary>What was answered, newest last.</summary>
    public ILocator Answers => page.GetByTestId("turn-bot");

    public ILocator State => page.GetByTestId("state");

    /// <summary>Opens the page and waits until the services are ready and it can be talked to.</summary>
    public static async Task<TalkPage> OpenAsync(IPage page, Uri web)
    {
        await page.GotoAsync(web.ToString());
        await page.GetByTestId("talk-button").WaitForAsync();
        await Assertions.Expect(page.GetByTestId("talk-button")).ToBeEnabledAsync();
        return new(page);
    }

    /// <summary>Collects what leaves the page's audio graph from now on.</summary>
    public Task ListenAsync() => page.EvaluateAsync("() => window.speechBot.tap.reset()");

    /// <summary>What left the audio graph since <see cref="ListenAsync"/>, from its first audible sample on.</summary>
    public async Task<AudioClip> HeardAsync()
    {
        var pcm = await page.EvaluateAsync<string>("() => window.speechBot.tap.read().pcm16");
        return new(Pcm16.ToSamples(Convert.FromBase64String(pcm)), TapRate);
    }

    /// <summary>Holds the button for as long as the recording in the fake microphone plays: a second of silence, then the words.</summary>
    public async Task HoldAndSayAsync(string recording)
    {
        var button = page.GetByTestId("talk-button");
        await button.HoverAsync();
        await page.Mouse.DownAsync();
        await page.WaitForTimeoutAsync((float)(TestAudio.Read(recording).Duration.TotalMilliseconds + 2_500));
        await page.Mouse.UpAsync();
    }

    public async Task TypeAsync(string words)
    {
        await page.GetByTestId("text-input").FillAsync(words);
        await page.GetByTestId("text-input").PressAsync("Enter");
    }

    /// <summary>The words of the last question and answer, once the answer was spoken and the loudspeaker was silent for a second.</summary>
    public async Task<(string Question, string Answer)> AnsweredAsync()
    {
        await Assertions.Expect(Answers.Last).Not.ToBeEmptyAsync();
        await page.WaitForFunctionAsync(
            """
            () => {
              const { lastAudible } = window.speechBot.tap.read();
              return lastAudible !== null && performance.now() - lastAudible > 1000
                  && document.querySelector('[data-testid=talk-button]').dataset.state === 'idle';
            }
            """,
            null,
            new() { PollingInterval = 200 });
        return (await Questions.Last.InnerTextAsync(), await Answers.Last.InnerTextAsync());
    }
}
