using System.Security.Cryptography;

namespace SpeechBot.Llm.Replies;

/// <summary>What both forms of an answer have in common.</summary>
internal static class ReplyWire
{
    public static string NewId() => "chatcmpl-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    public static ChatUsage Usage(ReplyStatistics statistics) => new(
        statistics.PromptTokens, statistics.ReplyTokens, statistics.PromptTokens + statistics.ReplyTokens, new ChatPromptDetails(statistics.CachedTokens));

    public static ChatTimings Timings(ReplyStatistics statistics) => new(
        Milliseconds(statistics.Queue), Milliseconds(statistics.Prefill), statistics.FirstToken is { } first ? Milliseconds(first) : null, statistics.CachedTokens, statistics.PrefilledTokens);

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
