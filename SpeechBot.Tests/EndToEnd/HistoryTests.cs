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
        await using var visitor = await browsers.VisitorAsync();
        var page = await TalkPage.OpenAsync(await visitor.NewPageAsync(), system.Web);
        await page.ListenAsync();
        await page.TypeAsync(Question);
        var (_, answer) = await page.AnsweredAsync();

        await system.KillAsync("web");
        await system.HealthyAsync("web");
        // In a tab of its own: the old one loads itself again once web is back.
        page = await TalkPage.OpenAsync(await visitor.NewPageAsync(), system.Web);

        await Assertions.Expect(page.Questions.Last).ToHaveTextAsync(Question);
        await Assertions.Expect(page.Answers.Last).ToHaveTextAsync(answer);
    }
}
