using System.Text.Json;
using Microsoft.Playwright;
using SpeechBot.Bench.Browser;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

/// <summary>The talk page hands free, in a room where a test is the person and the air.</summary>
internal sealed class HandsFreePage
{
    private readonly IPage _page;

    private HandsFreePage(IPage page, PageRoom room) => (_page, Room) = (page, room);

    internal PageRoom Room { get; }

    /// <summary>What was understood, newest last.</summary>
    internal ILocator Questions => _page.GetByTestId("turn-user");

    /// <summary>What was answered, newest last.</summary>
    internal ILocator Answers => _page.GetByTestId("turn-bot");

    /// <summary>Of the last answer, what the person has heard.</summary>
    internal ILocator HeardWords => Answers.Last.Locator(".heard");

    /// <summary>The words of the sentence that is being said.</summary>
    internal ILocator LiveWords => _page.GetByTestId("live");

    internal ILocator Turns => _page.Locator("article.turn");

    internal ILocator State => _page.GetByTestId("state");

    /// <summary>Opens the page as somebody who prefers to talk hands free, and presses the button once.</summary>
    /// <param name="context">The visitor.</param>
    /// <param name="web">The page's address.</param>
    /// <param name="prompt">The system prompt; the page's own when left out.</param>
    /// <param name="patience">Seconds that an unfinished sentence is waited for.</param>
    internal static async Task<HandsFreePage> OpenAsync(IBrowserContext context, Uri web, string? prompt = null, double patience = 1.5)
    {
        var page = await context.NewPageAsync();
        var session = new Dictionary<string, object> { ["turnMode"] = "HandsFree", ["patience"] = patience };
        if (prompt is not null)
        {
            session["systemPrompt"] = prompt;
        }

        await page.AddInitScriptAsync($"localStorage.speechbot ??= {JsonSerializer.Serialize(JsonSerializer.Serialize(new { session }))};");
        var talk = new HandsFreePage(page, await PageRoom.AroundAsync(page));
        await TalkPage.OpenAsync(page, web);
        await talk.BeginAsync();
        return talk;
    }

    /// <summary>Presses the button, after which the page listens.</summary>
    internal async Task BeginAsync()
    {
        await _page.GetByTestId("talk-button").ClickAsync();
        await ListensAsync();
        await Room.ListenAsync();
    }

    /// <summary>Loads the page again.</summary>
    internal async Task ReloadAsync()
    {
        await _page.ReloadAsync();
        await Assertions.Expect(_page.GetByTestId("talk-button")).ToBeEnabledAsync();
    }

    /// <summary>Says a recording; answers with the time of its first voiced sample.</summary>
    internal Task<double> SayAsync(string recording) => SayAsync(TestAudio.Read(recording));

    internal Task<double> SayAsync(AudioClip clip) => Room.SayAsync(clip);

    /// <summary>Says a question and waits until its answer was spoken and the page listens again; what was heard is the answer's sound.</summary>
    internal async Task AskAsync(string recording)
    {
        var turns = await Turns.CountAsync();
        await Room.ListenAsync();
        await AnswersAsync(await SayAsync(recording), turns + 1);
    }

    /// <summary>
    /// Waits until what was said since a time was answered, as the turn of this number, and the page listens again. An answer that was
    /// begun in a pause of the speaker is taken back, and a short one is sent whole before anything of it is drawn: only the turn tells.
    /// </summary>
    internal async Task AnswersAsync(double began, int turns)
    {
        await Room.EventAsync("response.created", began);
        await Room.EventAsync("response.done", began);
        await Assertions.Expect(Turns).ToHaveCountAsync(turns);
        await Assertions.Expect(Turns.Last).ToHaveAttributeAsync("data-state", "done");
        await ListensAsync();
    }

    /// <summary>
    /// Says a question and waits for its answer, and says it again where it was not understood: on a machine that has too much to do, a
    /// browser loses pieces of what it hears.
    /// </summary>
    internal async Task AskUntilUnderstoodAsync(string recording, double errors = 0.2)
    {
        const int Tries = 3;
        var words = KnownWords.Of[recording];
        var understood = "";
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await AskAsync(recording);
            understood = await Questions.Last.InnerTextAsync();
            if (WordErrorRate.Of(words, understood) <= errors)
            {
                return;
            }
        }

        Assert.Fail($"'{words}' was understood as '{understood}', the last of {Tries} times.");
    }

    /// <summary>
    /// Asks for a story and waits until it was heard for some seconds and goes on for as long as somebody needs to speak over it; answers
    /// with the time at which it was asked.
    /// </summary>
    internal async Task<double> HearStoryAsync(double seconds, double left = 4)
    {
        // A small brain now and then makes a short story of it.
        foreach (var subject in new[] { "a lighthouse", "a ship in a storm", "an old king", "a garden in spring", "a dog and a cat", "a long journey" })
        {
            var asked = await Room.NowAsync();
            await _page.GetByTestId("text-input").FillAsync($"Tell me a long story about {subject}.");
            await _page.GetByTestId("text-input").PressAsync("Enter");
            if (await Room.PlayedAsync(seconds * 1000, asked, left * 1000))
            {
                return asked;
            }

            await ListensAsync();
        }

        throw new TimeoutException($"None of the stories was {seconds + left} s long.");
    }

    /// <summary>Of the last turn, the milliseconds from the last voiced sample until its answer was given out.</summary>
    internal async Task<double> ReleasedAsync() => await _page.EvaluateAsync<double>(
        "() => window.bench.events.findLast(event => event.marks)?.marks.released");

    /// <summary>Nobody speaks, and the microphone is open.</summary>
    internal Task ListensAsync() => Assertions.Expect(State).ToHaveAttributeAsync("data-state", "listening");
}
