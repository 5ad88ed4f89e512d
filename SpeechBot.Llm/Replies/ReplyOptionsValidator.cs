using Microsoft.Extensions.Options;

namespace SpeechBot.Llm.Replies;

/// <summary>Tells everything that is wrong with <see cref="ReplyOptions"/> in one message, when the service starts.</summary>
internal sealed class ReplyOptionsValidator : IValidateOptions<ReplyOptions>
{
    public ValidateOptionsResult Validate(string? name, ReplyOptions options)
    {
        var problems = new List<string>();
        Require(options.ModelPath is not { } path || !string.IsNullOrWhiteSpace(path), "ModelPath is empty; name a GGUF file, or leave it out.");
        Range(options.ConversationTokens, 256, 1 << 20, nameof(options.ConversationTokens));
        Range(options.ContextTokens, options.ConversationTokens, 1 << 22, nameof(options.ContextTokens), "it must hold at least one whole conversation (ConversationTokens)");
        Range(options.MaxParallel, 1, 64, nameof(options.MaxParallel));
        Range(options.MaxConversations, options.MaxParallel + 1, 250, nameof(options.MaxConversations), "it must be more than MaxParallel");
        Range(options.QueueLimit, 0, 10_000, nameof(options.QueueLimit));
        Range(options.DecodeThreads, 0, 256, nameof(options.DecodeThreads));
        Range(options.PrefillThreads, 0, 256, nameof(options.PrefillThreads));
        Range(options.PrefillSlice, 1, 256, nameof(options.PrefillSlice));
        Range(options.PrefillSliceAlone, 1, 256, nameof(options.PrefillSliceAlone));
        Range(options.GpuLayers, 0, 100_000, nameof(options.GpuLayers));
        Range(options.Nice, 0, 19, nameof(options.Nice));
        Require(options.Temperature is >= 0 and <= 2, $"Temperature is {options.Temperature}; it goes from 0 to 2.");
        Require(options.TopP is > 0 and <= 1, $"TopP is {options.TopP}; it goes from just above 0 to 1.");
        Require(options.RepeatPenalty is >= 1 and <= 2, $"RepeatPenalty is {options.RepeatPenalty}; it goes from 1 (off) to 2, and more than 1.1 makes small models ramble.");
        Range(options.MaxTokens, 1, options.ConversationTokens, nameof(options.MaxTokens));
        Range(options.MaxCharacters, 100, 100_000_000, nameof(options.MaxCharacters));
        Range(options.MaxMessages, 1, 100_000, nameof(options.MaxMessages));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"The settings of the section {ReplyOptions.Section} cannot be used: {string.Join(" ", problems)}");

        void Require(bool fine, string problem)
        {
            if (!fine)
            {
                problems.Add(problem);
            }
        }

        void Range(int value, int from, int to, string setting, string? because = null) =>
            Require(value >= from && value <= to, $"{setting} is {value}; it goes from {from} to {to}{(because is null ? "" : $", since {because}")}.");
    }
}
