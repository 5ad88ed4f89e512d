namespace SpeechBot.Bench.Browser;

/// <summary>Something that went over a page's realtime connection.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="At">When, in milliseconds on the browser's clock (<c>performance.now()</c>).</param>
/// <param name="Sent">The page sent it; else it came from the server.</param>
/// <param name="Item">The item that it is about.</param>
/// <param name="Played">The place in the answer's audio that it reports, in milliseconds.</param>
/// <param name="Response">The answer that it is about.</param>
/// <param name="Status">How that answer stands.</param>
public sealed record PageEvent(string Type, double At, bool Sent, string? Item, double? Played, string? Response, string? Status);
