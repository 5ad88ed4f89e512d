using LLama.Native;

namespace SpeechBot.Llm.Prompts;

/// <summary>How a prompt is brought into a conversation's cache: shift, rewind, then compute the rest.</summary>
/// <param name="Segments">The messages that remain.</param>
/// <param name="SystemCount">How many of them are instructions.</param>
/// <param name="Tokens">All tokens of the prompt.</param>
/// <param name="Reused">How many of them the cache holds.</param>
/// <param name="Dropped">Messages after the instructions that were left out for want of room.</param>
/// <param name="ShiftKeep">Tokens in front that a shift leaves where they are.</param>
/// <param name="ShiftCount">Tokens after those that a shift takes out; 0 is no shift.</param>
internal sealed record PromptPlan(
    IReadOnlyList<Segment> Segments, int SystemCount, IReadOnlyList<LLamaToken> Tokens, int Reused, int Dropped, int ShiftKeep, int ShiftCount);
