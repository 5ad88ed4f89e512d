using Microsoft.Playwright;

namespace SpeechBot.Tests.Support;

/// <summary>Waits for what another thread is about to bring about.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Completes as soon as the condition holds; fails when it does not in good time.</summary>
    public static async Task TrueAsync(Func<bool> condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string? text = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"It did not become true within {Patience.TotalSeconds} s: {text}");
            }

            await Task.Delay(Look, TimeProvider.System);
        }
    }

    /// <summary>
    /// The same for a condition in a page, which is looked at by the clock. Playwright alone looks at each frame that is drawn, and
    /// nobody promises frames to a page that no screen shows.
    /// </summary>
    public static Task TrueAsync(IPage page, string condition) => page.WaitForFunctionAsync(condition, options: new() { PollingInterval = (float)Look.TotalMilliseconds });
}
