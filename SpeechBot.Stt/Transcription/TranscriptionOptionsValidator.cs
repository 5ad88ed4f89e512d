using Microsoft.Extensions.Options;

namespace SpeechBot.Stt.Transcription;

/// <summary>Names every setting that cannot work, all in one message.</summary>
public sealed class TranscriptionOptionsValidator : IValidateOptions<TranscriptionOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TranscriptionOptions options)
    {
        var problems = new List<string>();
        Require(options.ModelPath is not { } path || !string.IsNullOrWhiteSpace(path), "Stt:ModelPath is empty; name a ggml Whisper model such as stt/ggml-small-q8_0.bin, or leave it out");
        Require(options.Language is "auto" or { Length: 2 or 3 }, $"Stt:Language is '{options.Language}'; use two letters such as en, or auto");
        Require(options.Threads is >= 0 and <= 256, $"Stt:Threads is {options.Threads}; use 0 (choose for me) to 256");
        Require(options.QueueLimit is >= 1 and <= 10_000, $"Stt:QueueLimit is {options.QueueLimit}; use 1 to 10000");
        Require(options.DeadlineSeconds is >= 1 and <= 3600, $"Stt:DeadlineSeconds is {options.DeadlineSeconds}; use 1 to 3600");
        Require(options.MaxFileBytes is >= 1024 and <= 1 << 30, $"Stt:MaxFileBytes is {options.MaxFileBytes}; use 1024 to {1 << 30}");
        Require(options.MaxAudioSeconds is >= 1 and <= 36_000, $"Stt:MaxAudioSeconds is {options.MaxAudioSeconds}; use 1 to 36000");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join("; ", problems));

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }
}
