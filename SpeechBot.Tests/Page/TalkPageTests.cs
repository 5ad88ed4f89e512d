using Microsoft.Playwright;
using SpeechBot.Tests.EndToEnd;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

[Collection(nameof(EndToEndCollection))]
public sealed class TalkPageTests(AppHostFixture system, BrowserFixture browsers) : IClassFixture<BrowserFixture>, IDisposable
{
    private readonly DirectoryInfo _recordings = Directory.CreateTempSubdirectory("speechbot-page-");

    [Fact]
    public async Task A_question_into_the_microphone_is_shown_and_answered_aloud()
    {
        var (question, answer, heard) = await AskAsync("capital-of-france.wav");

        Assert.Equal(0, WordErrorRate.Of("What is the capital of France?", question));
        Assert.NotEmpty(answer);
        AssertSame(answer, heard);
    }

    [Fact]
    public async Task A_speaker_who_pauses_is_heard_to_the_end()
    {
        var (question, answer, heard) = await AskAsync("jfk.wav");

        Assert.Contains("ask not what your country can do for you", question.ToLowerInvariant());
        Assert.NotEmpty(answer);
        AssertSame(answer, heard);
    }

    [Fact]
    public async Task A_typed_question_is_answered_aloud_too()
    {
        var page = await TalkPage.OpenAsync(await browsers.OpenAsync(), system.Web);
        await page.ListenAsync();

        await page.TypeAsync("What is the capital of France?");
        var (question, answer) = await page.AnsweredAsync();

        Assert.Equal("What is the capital of France?", question);
        AssertSame(answer, await system.TranscribeAsync(await page.HeardAsync()));
    }

    [Fact]
    public async Task After_three_turns_each_wait_is_explained_and_summed_up()
    {
        var microphone = TestAudio.FakeMicrophone(_recordings.FullName, ["capital-of-france.wav"]);
        var page = await browsers.OpenAsync(microphone, new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1280, Height = 800 } });
        var talk = await TalkPage.OpenAsync(page, system.Web);
        await talk.ListenAsync();
        await talk.HoldAndSayAsync("capital-of-france.wav");
        await talk.AnsweredAsync();
        foreach (var question in (string[])["How many legs does a spider have?", "Tell me a short joke."])
        {
            await talk.ListenAsync();
            await talk.TypeAsync(question);
            await Assertions.Expect(talk.Questions.Last).ToHaveTextAsync(question);
            await talk.AnsweredAsync();
        }

        await Screenshots.OfTalkAsync(page);
        await page.GetByTestId("waterfall").First.ClickAsync();
        var details = page.GetByTestId("waterfall-details");

        Assert.Equal(3, await page.GetByTestId("waterfall").CountAsync());
        await Assertions.Expect(details).ToContainTextAsync("Trace");
        await Assertions.Expect(details.GetByTestId("session-summary")).ToContainTextAsync("P95");
        await Screenshots.OfWaterfallAsync(page, details);
    }

    public void Dispose() => _recordings.Delete(recursive: true);

    private static void AssertSame(string shown, string heard) =>
        Assert.True(WordErrorRate.OfLetters(shown, heard) <= 0.2, $"heard was '{heard}', shown was '{shown}'");

    private async Task<(string Question, string Answer, string Heard)> AskAsync(string recording)
    {
        var microphone = TestAudio.FakeMicrophone(_recordings.FullName, [recording]);
        var page = await TalkPage.OpenAsync(await browsers.OpenAsync(microphone), system.Web);
        await page.ListenAsync();

        await page.HoldAndSayAsync(recording);
        var (question, answer) = await page.AnsweredAsync();

        return (question, answer, await system.TranscribeAsync(await page.HeardAsync()));
    }
}
