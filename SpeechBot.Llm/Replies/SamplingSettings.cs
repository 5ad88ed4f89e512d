using LLama.Native;

namespace SpeechBot.Llm.Replies;

/// <summary>How the tokens of one reply are drawn.</summary>
/// <param name="Temperature">0 takes the likeliest token each time; up to 2.</param>
/// <param name="TopP">Share of the likeliest tokens to draw from, above 0 and up to 1.</param>
/// <param name="RepeatPenalty">Divides the logit of what the reply has said already; 1 is off.</param>
/// <param name="FrequencyPenalty">Taken from a token's logit for each time the reply has used it, -2 to 2.</param>
/// <param name="PresencePenalty">Taken once from the logit of what the reply has used, -2 to 2.</param>
/// <param name="Seed">The same seed draws the same reply, as far as the engine computes the same logits; null is random.</param>
/// <param name="LogitBias">Added to the logits of these tokens.</param>
internal sealed record SamplingSettings(
    float Temperature,
    float TopP,
    float RepeatPenalty = 1,
    float FrequencyPenalty = 0,
    float PresencePenalty = 0,
    long? Seed = null,
    IReadOnlyDictionary<LLamaToken, float>? LogitBias = null);
