using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Page;

/// <summary>axe-core looks at every page in its states, on a desktop and on a phone, in both themes.</summary>
public sealed class AccessibilityTests(BrowserFixture browsers) : IClassFixture<BrowserFixture>
{
    private static readonly ViewportSize Desktop = new() { Width = 1280, Height = 800 };
    private static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };
    private readonly List<string> _violations = [];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Nobody_is_kept_out_by_a_serious_fault(ColorScheme colours)
    {
        await using var host = await PageHost.StartAsync();
        await using var asleep = await PageHost.StartAsync(("services:llm:http:0", "http://127.0.0.1:1"));
        await using var guarded = await PageHost.StartAsync(("Api:Keys:anna", "a-long-secret"), ("Lan:Hosts", "192.0.2.5"));
        var page = await browsers.OpenAsync(options: new() { ColorScheme = colours, ViewportSize = Desktop, ReducedMotion = ReducedMotion.Reduce });

        await page.GotoAsync(asleep.Address.ToString());
        await page.GetByTestId("starting").WaitForAsync();
        await LookAsync("starting");

        await page.GotoAsync(new Uri(guarded.Address, "/sign-in?wrong=true").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).WaitForAsync();
        await LookAsync("sign-in");

        var talk = await TalkPage.OpenAsync(page, host.Address);
        await LookAsync("empty");
        await page.SetViewportSizeAsync(Phone.Width, Phone.Height);
        await LookAsync("phone-empty");
        await page.GetByTestId("conversations-toggle").ClickAsync();
        await page.GetByTestId("new-talk").WaitForAsync();
        await LookAsync("phone-drawer");
        await page.Keyboard.PressAsync("Escape");
        await page.SetViewportSizeAsync(Desktop.Width, Desktop.Height);

        foreach (var question in (string[])["What is the capital of France?", "How long does the train from Berlin to Paris take, and where do I change?", "Thank you."])
        {
            await talk.TypeAsync(question);
            await Eventually.TrueAsync(page, $"() => document.querySelectorAll('[data-testid=turn-bot]').length && document.querySelector('article:last-of-type').dataset.state === 'done' && document.querySelector('article:last-of-type').innerText.includes({System.Text.Json.JsonSerializer.Serialize(question)})");
        }

        await LookAsync("talk");
        await page.GetByTestId("waterfall").Last.ClickAsync();
        await page.GetByTestId("waterfall-details").WaitForAsync();
        await LookAsync("waterfall");
        await page.GetByTestId("turn-bot").Last.HoverAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem).First.WaitForAsync();
        await LookAsync("menu");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);
        await page.GetByTestId("settings").ClickAsync();
        await page.GetByTestId("settings-dialog").WaitForAsync();
        await LookAsync("settings");
        await page.Keyboard.PressAsync("Escape");
        await page.SetViewportSizeAsync(Phone.Width, Phone.Height);
        await LookAsync("phone-talk");
        await page.SetViewportSizeAsync(320, 640);
        await LookAsync("narrow-talk");
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
              .filter(element => element.getBoundingClientRect().right > innerWidth && element.checkVisibility())
              .map(element => element.cloneNode().outerHTML)
            """));
        await page.SetViewportSizeAsync(Desktop.Width, Desktop.Height);

        await page.GotoAsync(new Uri(host.Address, "/system").ToString());
        await page.GetByTestId("machine-stt").WaitForAsync();
        await LookAsync("system");
        await page.GotoAsync(new Uri(host.Address, "/nowhere").ToString());
        await page.GetByText("Nothing here").First.WaitForAsync();
        await LookAsync("not-found");

        Assert.Empty(_violations);

        async Task LookAsync(string name)
        {
            // What fades in has its colours only at the end.
            await page.WaitForTimeoutAsync(400);
            await Screenshots.TakeAsync(page, $"{name}-{colours.ToString().ToLowerInvariant()}");
            var result = await page.RunAxe();
            _violations.AddRange(result.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(
                violation => violation.Nodes.Select(node => $"{name}: {violation.Id} ({violation.Impact}): {violation.Help}: {node.Html}")));
        }
    }
}
