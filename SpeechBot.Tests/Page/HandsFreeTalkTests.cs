using Microsoft.Playwright;
using SpeechBot.Tests.EndToEnd;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

/// <summary>Talking to the page hands free, with the whole application behind it.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class HandsFreeTalkTests(AppHostFixture system, BrowserFixture browsers) : IClassFixture<BrowserFixture>
{
    private const string Story = "You are a storyteller. Tell long stories of many sentences.";

    [Fact]
    public async Task Three_questions_are_answered_without_a_hand_and_a_second_tab_sees_them()
    {
        await using var visitor = await browsers.VisitorAsync();
        var page = await HandsFreePage.OpenAsync(visitor, system.Web);

        // Misheard by a word, it may well be answered with something else.
        await page.AskUntilUnderstoodAsync("capital-of-france.wav", errors: 0);
        await Assertions.Expect(page.Answers.Last).ToContainTextAsync("Paris");
        await page.AskUntilUnderstoodAsync("spider-legs.wav");
        await page.AskUntilUnderstoodAsync("plants-food.wav");

        var answers = await page.Answers.AllInnerTextsAsync();
        Assert.All(answers, Assert.NotEmpty);
        var heard = await system.TranscribeAsync((await page.Room.HeardAsync()).Clip);
        Assert.True(WordErrorRate.OfLetters(answers[^1], heard) <= 0.2, $"'{answers[^1]}' was heard as '{heard}'");

        var second = await TalkPage.OpenAsync(await visitor.NewPageAsync(), system.Web);
        await Assertions.Expect(second.Answers).ToHaveTextAsync(answers);

        await page.AskAsync("capital-of-france.wav");
        await Assertions.Expect(second.Questions).ToHaveCountAsync(answers.Count + 1);
        await Assertions.Expect(second.Answers.Last).ToHaveTextAsync(await page.Answers.Last.InnerTextAsync());
    }

    [Fact]
    public async Task An_unfinished_sentence_is_waited_for_and_a_finished_one_is_not()
    {
        const double Patience = 4;
        await using var visitor = await browsers.VisitorAsync();
        var page = await HandsFreePage.OpenAsync(visitor, system.Web, patience: Patience);
        var (unfinished, whole) = (TestAudio.Read("unfinished.wav"), TestAudio.Read("two-questions.wav"));

        var began = await page.SayAsync(unfinished);
        await Task.Delay(unfinished.Duration + TimeSpan.FromSeconds(1.5), TimeProvider.System, TestContext.Current.CancellationToken);
        await Assertions.Expect(page.LiveWords).ToContainTextAsync("history", new() { IgnoreCase = true });
        Assert.DoesNotContain(await page.Room.EventsAsync(began), happened => happened.Type == "response.created");

        await page.SayAsync(whole with { Samples = whole.Samples[unfinished.Samples.Length..] });
        await page.AnswersAsync(began, turns: 1);
        var question = await page.Questions.Last.InnerTextAsync();
        Assert.Contains("history", question, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Rome", question, StringComparison.OrdinalIgnoreCase);

        // A turn that sounds finished is not held for as long as patience would allow. A machine that is busy elsewhere may ask too late.
        double waited;
        var tries = 0;
        do
        {
            await page.AskAsync("capital-of-france.wav");
            waited = await page.ReleasedAsync();
        }
        while (waited > Patience * 1000 && ++tries < 4);

        Assert.InRange(waited, 0, Patience * 1000);
    }

    [Fact]
    public async Task A_talk_goes_on_after_a_reload_and_after_its_ears_were_killed()
    {
        await using var visitor = await browsers.VisitorAsync();
        var page = await HandsFreePage.OpenAsync(visitor, system.Web, Story);
        await page.HearStoryAsync(seconds: 3);
        var turns = await page.Turns.CountAsync();

        await page.ReloadAsync();
        await Assertions.Expect(page.Turns).ToHaveCountAsync(turns);
        var heard = await page.HeardWords.InnerTextAsync();
        Assert.InRange(heard.Length, 10, (await page.Answers.Last.InnerTextAsync()).Length - 1);

        await page.BeginAsync();
        await system.KillAsync("stt");
        await Assertions.Expect(page.State).ToContainTextAsync("ears");
        await Assertions.Expect(page.State).ToHaveTextAsync("Listening. Just talk", new() { Timeout = 120_000 });
        var asked = await page.SayAsync("capital-of-france.wav");
        await page.Room.EventAsync("response.created", asked);
        await Assertions.Expect(page.Turns).ToHaveCountAsync(turns + 1);
        Assert.True(WordErrorRate.Of(KnownWords.Of["capital-of-france.wav"], await page.Questions.Last.InnerTextAsync()) <= 0.2);
    }
}
