using Microsoft.Extensions.Options;

namespace SpeechBot.Stt.Hearing;

/// <summary>Names every setting that cannot work, all in one message.</summary>
public sealed class HearingOptionsValidator : IValidateOptions<HearingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HearingOptions options)
    {
        var problems = new List<string>();
        Require(!string.IsNullOrWhiteSpace(options.VoicePath), nameof(options.VoicePath), options.VoicePath, "the path of a Silero VAD network");
        Require(!string.IsNullOrWhiteSpace(options.TurnPath), nameof(options.TurnPath), options.TurnPath, "the path of a smart-turn network");
        Require(options.VoiceThreshold is > 0 and < 1, nameof(options.VoiceThreshold), options.VoiceThreshold, "more than 0 and less than 1");
        Require(options.FinishedThreshold is > 0 and < 1, nameof(options.FinishedThreshold), options.FinishedThreshold, "more than 0 and less than 1");
        Require(options.AskSeconds is >= 0.03 and <= 5, nameof(options.AskSeconds), options.AskSeconds, "0.03 to 5");
        Require(options.AskAgainSeconds is >= 0.03 and <= 5, nameof(options.AskAgainSeconds), options.AskAgainSeconds, "0.03 to 5");
        Require(options.AskUntilSeconds >= options.AskSeconds && options.AskUntilSeconds <= 30, nameof(options.AskUntilSeconds), options.AskUntilSeconds, "AskSeconds to 30");
        Require(options.ConfirmSeconds is >= 0.03 and <= 5, nameof(options.ConfirmSeconds), options.ConfirmSeconds, "0.03 to 5");
        Require(options.PatienceSeconds >= options.ConfirmSeconds && options.PatienceSeconds <= 30, nameof(options.PatienceSeconds), options.PatienceSeconds, "ConfirmSeconds to 30");
        Require(options.MaxUtteranceSeconds is >= 5 and <= 3600, nameof(options.MaxUtteranceSeconds), options.MaxUtteranceSeconds, "5 to 3600");
        Require(options.MaxSessions is >= 1 and <= 10_000, nameof(options.MaxSessions), options.MaxSessions, "1 to 10000");
        Require(options.IdleSeconds is >= 1 and <= 86_400, nameof(options.IdleSeconds), options.IdleSeconds, "1 to 86400");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join("; ", problems));

        void Require(bool holds, string setting, object value, string allowed)
        {
            if (!holds)
            {
                problems.Add($"{HearingOptions.Section}:{setting} is '{value}'; use {allowed}");
            }
        }
    }
}
