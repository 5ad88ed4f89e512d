using Microsoft.Playwright;

namespace SpeechBot.Tests.Page;

/// <summary>Pictures of the page, for those who work on it and for docs/images, in the folder of SPEECHBOT_SCREENSHOTS; none without it.</summary>
internal static class Screenshots
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SPEECHBOT_SCREENSHOTS");

    /// <summary>What the page shows now.</summary>
    internal static async Task TakeAsync(IPage page, string name)
    {
        if (!string.IsNullOrEmpty(Folder))
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
        }
    }

    /// <summary>A talk on a desktop in both themes and on a phone: talk, talk-dark, phone.</summary>
    internal static async Task OfTalkAsync(IPage page)
    {
        if (string.IsNullOrEmpty(Folder))
        {
            return;
        }

        await page.Mouse.MoveAsync(700, 650);
        await TakeAsync(page, "talk");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.WaitForTimeoutAsync(500);
        await TakeAsync(page, "talk-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(390, 844);
        await page.WaitForTimeoutAsync(500);
        await TakeAsync(page, "phone");
        await page.SetViewportSizeAsync(1280, 800);
        await page.WaitForTimeoutAsync(500);
    }

    /// <summary>The details of a waterfall, in sight.</summary>
    internal static async Task OfWaterfallAsync(IPage page, ILocator details)
    {
        await details.ScrollIntoViewIfNeededAsync();
        await TakeAsync(page, "waterfall");
    }
}
