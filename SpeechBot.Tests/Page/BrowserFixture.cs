using Microsoft.Playwright;
using SpeechBot.Bench.Browser;

namespace SpeechBot.Tests.Page;

/// <summary>
/// Real browsers for tests, each with a recording as its microphone. Without Chromium a test is skipped with the reason; on a build
/// machine (CI=true) that is a failure.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    ];

    // A build machine may be busy or slow; what does not come at all costs this once.
    private const float Patience = 60_000;

    private IBrowser? _own;
    private IBrowser? _shared;
    private IPlaywright? _playwright;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
    }

    /// <summary>A browser of its own with one page. The one before is closed: a dozen pages with running audio leave little for the next test.</summary>
    /// <param name="microphone">
    /// A WAV file (24 or 48 kHz) that is played once, from the moment the page opens the microphone; null for a microphone that beeps.
    /// </param>
    /// <param name="options">Window size, colours and the like.</param>
    public async Task<IPage> OpenAsync(string? microphone = null, BrowserNewPageOptions? options = null)
    {
        await CloseAsync(_own);
        _own = await LaunchAsync(microphone is null ? Flags : [.. Flags, $"--use-file-for-fake-audio-capture={microphone}%noloop"]);
        var page = await _own.NewPageAsync(options);
        page.Context.SetDefaultTimeout(Patience);
        return page;
    }

    /// <summary>A visitor whom the page has never seen, in a browser that all tests of the class share; for pages whose microphone is a test's own.</summary>
    public async Task<IBrowserContext> VisitorAsync()
    {
        _shared ??= await LaunchAsync(Flags);
        var visitor = await _shared.NewContextAsync();
        visitor.SetDefaultTimeout(Patience);
        return visitor;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync(_own);
        await CloseAsync(_shared);
        _playwright?.Dispose();
    }

    private static Task CloseAsync(IBrowser? browser) => browser?.CloseAsync() ?? Task.CompletedTask;

    private async Task<IBrowser> LaunchAsync(string[] flags)
    {
        var (chromium, reason) = ChromiumFinder.Find();
        if (chromium is null && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.SkipWhen(chromium is null, reason);
        return await _playwright!.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            // Playwright's own headless switch would choose the old mode, which has no audio.
            Headless = false,
            Args = flags,
        });
    }
}
