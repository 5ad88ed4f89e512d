using Microsoft.Playwright;
using SpeechBot.Tests.Page;

namespace SpeechBot.Tests.EndToEnd;

[Collection(nameof(EndToEndCollection))]
public sealed class HistoryTests(AppHostFixture system, BrowserFixture browsers) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task What_was_said_survives_a_restart_of_web()
    {
        const string Question = "What is the capital of France?";
        var browser = await browsers.OpenAsync();
        var page = await TalkPage.OpenAsync(browser, system.Web);
        await page.ListenAsync();
        await page.TypeAsync(Question);
        var (_, answer) = await page.AnsweredAsync();

        await system.KillAsync("web");
        await system.HealthyAsync("web");
        page = await TalkPage.OpenAsync(browser, system.Web);

        await Assertions.Expect(page.Questions.Last).ToHaveTextAsync(Question);
        await Assertions.Expect(page.Answers.Last).ToHaveTextAsync(answer);
    }
}
