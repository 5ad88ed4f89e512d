using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SpeechBot.Tests.Support;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

/// <summary>What the page does to the browser that shows it.</summary>
public sealed class PageConductTests(BrowserFixture browsers, ITestOutputHelper output) : IClassFixture<BrowserFixture>
{
    // Web Vitals' own line between "good" and "needs improvement".
    private const double GoodLayoutShift = 0.1;

    [Fact]
    public async Task It_asks_no_other_host_and_nothing_jumps_while_an_answer_streams()
    {
        await using var host = await PageHost.StartAsync();
        host.Engines.Reply = string.Join(' ', Enumerable.Repeat("The quick brown fox jumps over the lazy dog, and nobody minds.", 12));
        var page = await browsers.OpenAsync(options: new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var hosts = new ConcurrentDictionary<string, string>();
        page.Request += (_, request) => hosts.TryAdd(new Uri(request.Url).Authority, request.Url);
        page.WebSocket += (_, socket) => hosts.TryAdd(new Uri(socket.Url).Authority, socket.Url);
        await page.AddInitScriptAsync(
            """
            window.shifts = [];
            new PerformanceObserver(list => window.shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
            // A question of one's own makes room for itself, and that is what was asked for; the browser forgives it for half a second only.
            window.asked = [];
            window.ask = () => window.asked.push({ from: performance.now(), to: Infinity });
            window.answered = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(window.asked.at(-1).to = performance.now()))));
            // Cumulative layout shift as web vitals define it: the worst burst of shifts less than a second apart, of at most five seconds.
            window.worst = () => {
              let [burst, began, last, worst] = [0, 0, 0, 0];
              for (const { value, startTime, hadRecentInput } of window.shifts) {
                if (hadRecentInput || window.asked.some(({ from, to }) => startTime >= from && startTime <= to)) continue;
                const goesOn = startTime - last < 1000 && startTime - began < 5000;
                [burst, began, last] = [goesOn ? burst + value : value, goesOn ? began : startTime, startTime];
                worst = Math.max(worst, burst);
              }
              return worst;
            };
            """);

        var talk = await TalkPage.OpenAsync(page, host.Address);
        var loading = await page.EvaluateAsync<double>("() => window.worst()");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await page.EvaluateAsync("() => window.ask()");
            await talk.TypeAsync("Tell me about the fox.");
            await Eventually.TrueAsync(page, "() => document.querySelector('[data-testid=talk-button]').dataset.state === 'speaking'");
            await page.EvaluateAsync("() => window.answered()");
            await page.WaitForTimeoutAsync(1_500);
        }

        var shift = await page.EvaluateAsync<double>("() => window.worst()");
        var painted = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"layout shift {loading:0.0000} while loading, {shift:0.0000} in all; first paint after {painted:0} ms"));
        Assert.Equal([host.Address.Authority], hosts.Keys);
        Assert.InRange(shift, 0, GoodLayoutShift);
    }

    [Fact]
    public async Task A_talk_can_be_held_with_the_keyboard_alone()
    {
        await using var host = await PageHost.StartAsync();
        var page = await browsers.OpenAsync();
        await TalkPage.OpenAsync(page, host.Address);

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the conversation", await FocusedAsync());
        List<string> reached = [];
        for (var press = 0; press < 40 && !reached.Contains("Type a message"); press++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await FocusedAsync());
            var seen = await page.EvaluateAsync<bool>("() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || document.activeElement.matches('input, textarea'); }");
            Assert.True(seen, $"Nothing shows that \"{reached[^1]}\" has the focus: {await page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 300)")}");
        }

        Assert.Superset(new HashSet<string> { "Settings", "New talk", "Why is the sky blue?", "Type a message" }, reached.ToHashSet());
        await page.Keyboard.TypeAsync("What is the capital of France?");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("turn-bot").Last).ToContainTextAsync("Paris");

        Task<string> FocusedAsync() => page.EvaluateAsync<string>("() => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? '').trim()");
    }

    [Fact]
    public async Task Who_resets_the_character_with_the_keyboard_stays_in_the_dialog()
    {
        await using var host = await PageHost.StartAsync();
        var page = await browsers.OpenAsync();
        await TalkPage.OpenAsync(page, host.Address);
        await page.GetByTestId("settings").ClickAsync();
        var dialog = page.GetByTestId("settings-dialog");
        await dialog.GetByText("To the point").ClickAsync();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reset" }).PressAsync("Enter");

        await Assertions.Expect(dialog.GetByRole(AriaRole.Textbox, new() { Name = "System prompt" })).ToBeFocusedAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Textbox, new() { Name = "System prompt" })).ToHaveValueAsync(SessionSettings.DefaultSystemPrompt);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_motion_nothing_is_animated()
    {
        await using var host = await PageHost.StartAsync();
        host.Engines.ClauseAudio = TimeSpan.FromSeconds(5);
        var page = await browsers.OpenAsync(options: new() { ReducedMotion = ReducedMotion.Reduce });
        var talk = await TalkPage.OpenAsync(page, host.Address);

        await talk.TypeAsync("What is the capital of France?");
        await Eventually.TrueAsync(page, "() => document.querySelector('[data-testid=talk-button]').dataset.state === 'speaking'");

        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.getAnimations().filter(animation => animation.playState === 'running').length"));
    }

    [Fact]
    public async Task What_is_said_or_deleted_in_one_tab_is_so_in_the_other()
    {
        await using var host = await PageHost.StartAsync();
        var page = await browsers.OpenAsync();
        var talk = await TalkPage.OpenAsync(page, host.Address);
        var second = await page.Context.Browser!.NewPageAsync();
        await TalkPage.OpenAsync(second, host.Address);

        await talk.TypeAsync("What is the capital of France?");

        var listed = second.GetByTestId("conversations").GetByText("What is the capital of France?");
        await Assertions.Expect(listed).ToBeVisibleAsync();

        // And what is deleted in one is gone in the other, though it is open there.
        await listed.ClickAsync();
        await Assertions.Expect(second.Locator("article.turn")).ToHaveCountAsync(1);
        var history = host.Services.GetRequiredService<IConversationStore>();
        var id = Assert.Single(await history.ListAsync(VoiceSessions.LocalOwner, TestContext.Current.CancellationToken)).Id;
        await history.DeleteAsync(VoiceSessions.LocalOwner, id, TestContext.Current.CancellationToken);
        await Assertions.Expect(second.Locator("article.turn")).ToHaveCountAsync(0);
        await Assertions.Expect(listed).ToHaveCountAsync(0);
    }
}
