using System.Text.Json;
using Microsoft.Playwright;

namespace SpeechBot.Bench.Browser;

/// <summary>Chromium with the page open and hands free, as somebody who comes for the first time would have it after one press.</summary>
public sealed class PageVisit : IAsyncDisposable
{
    internal const float PatienceMilliseconds = 60_000;

    private static readonly string[] Flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    ];

    private readonly IPlaywright _playwright;

    private PageVisit(IPlaywright playwright, IBrowser browser, IPage page, PageRoom room) => (_playwright, Browser, Page, Room) = (playwright, browser, page, room);

    public IBrowser Browser { get; }

    public IPage Page { get; }

    public PageRoom Room { get; }

    /// <summary>Opens the page and its microphone.</summary>
    /// <param name="web">The page's address.</param>
    /// <param name="prompt">The system prompt; the page's own when left out.</param>
    /// <exception cref="FileNotFoundException">There is no Chromium.</exception>
    public static async Task<PageVisit> StartAsync(Uri web, string? prompt = null)
    {
        var (chromium, reason) = ChromiumFinder.Find();
        var playwright = await Playwright.CreateAsync();
        // Playwright's own headless switch would choose the old mode, which has no audio.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium ?? throw new FileNotFoundException(reason), Headless = false, Args = Flags });
        var page = await browser.NewPageAsync();
        var visit = new PageVisit(playwright, browser, page, await PageRoom.AroundAsync(page));
        object session = prompt is null ? new { turnMode = "HandsFree" } : new { turnMode = "HandsFree", systemPrompt = prompt };
        await page.AddInitScriptAsync($"localStorage.speechbot ??= {JsonSerializer.Serialize(JsonSerializer.Serialize(new { session }))};");
        await page.GotoAsync(web.ToString());
        var button = page.GetByTestId("talk-button");
        await Assertions.Expect(button).ToBeEnabledAsync(new() { Timeout = PatienceMilliseconds });
        await button.ClickAsync();
        await visit.ListensAsync();
        return visit;
    }

    /// <summary>Waits until nobody speaks and the page listens.</summary>
    public Task ListensAsync() => Assertions.Expect(Page.GetByTestId("state")).ToHaveAttributeAsync("data-state", "listening", new() { Timeout = PatienceMilliseconds });

    /// <summary>Types a question; answers with the time on the browser's clock.</summary>
    public async Task<double> TypeAsync(string words)
    {
        var asked = await Room.NowAsync();
        await Page.GetByTestId("text-input").FillAsync(words);
        await Page.GetByTestId("text-input").PressAsync("Enter");
        return asked;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
    }
}
