using Microsoft.Extensions.Options;

namespace SpeechBot.Tts.Speech;

/// <summary>Names every setting that cannot work, all in one message.</summary>
public sealed class SpeechOptionsValidator : IValidateOptions<SpeechOptions>
{
    /// <summary>The lowest sampling rate that speech survives.</summary>
    public const int LowestRate = 8_000;

    /// <summary>The highest sampling rate that players take.</summary>
    public const int HighestRate = 48_000;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SpeechOptions options)
    {
        var problems = new List<string>();
        Require(options.VoicePath is not { } path || !string.IsNullOrWhiteSpace(path), "Tts:VoicePath is empty; name a Piper voice such as tts/en_GB-alba-medium.onnx, or leave it out");
        Require(options.LexiconPaths.Length > 0, "Tts:LexiconPaths is empty; name at least one file of pronunciations");
        Require(!string.IsNullOrWhiteSpace(options.SpellingPath), "Tts:SpellingPath is empty; name the network for unknown words");
        Require(options.SampleRate is >= LowestRate and <= HighestRate, $"Tts:SampleRate is {options.SampleRate}; use {LowestRate} to {HighestRate}");
        Require(options.MaxInputCharacters is >= 1 and <= 1_000_000, $"Tts:MaxInputCharacters is {options.MaxInputCharacters}; use 1 to 1000000");
        Require(options.MaxRequests is >= 1 and <= 10_000, $"Tts:MaxRequests is {options.MaxRequests}; use 1 to 10000");
        Require(options.FirstClauseThreads is >= 0 and <= 256, $"Tts:FirstClauseThreads is {options.FirstClauseThreads}; use 0 (choose for me) to 256");
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
