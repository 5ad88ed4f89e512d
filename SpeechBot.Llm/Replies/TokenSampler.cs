using System.Numerics.Tensors;
using LLama.Native;

namespace SpeechBot.Llm.Replies;

/// <summary>
/// Logits in, the next token of one reply out. Penalties count the tokens of the reply only: over the prompt they make small models
/// answer in other languages.
/// </summary>
internal sealed class TokenSampler(SamplingSettings settings)
{
    /// <summary>Tokens whose probability is below e^-16 of the likeliest are never drawn, so they need not be sorted.</summary>
    private const float Negligible = 16;

    private readonly Random _random = settings.Seed is { } seed ? new Random(unchecked((int)(seed ^ (seed >> 32)))) : new Random();
    private readonly Dictionary<LLamaToken, int> _said = [];
    private readonly List<(int Token, float Weight)> _candidates = [];

    /// <summary>Draws the next token. The logits are changed.</summary>
    public LLamaToken Sample(Span<float> logits)
    {
        Penalize(logits);
        var best = TensorPrimitives.IndexOfMax((ReadOnlySpan<float>)logits);
        LLamaToken token = settings.Temperature <= 0.001f ? best : Draw(logits, logits[best]);
        _said[token] = _said.GetValueOrDefault(token) + 1;
        return token;
    }

    private void Penalize(Span<float> logits)
    {
        foreach (var (token, count) in _said)
        {
            ref var logit = ref logits[(int)token];
            logit = logit > 0 ? logit / settings.RepeatPenalty : logit * settings.RepeatPenalty;
            logit -= (count * settings.FrequencyPenalty) + settings.PresencePenalty;
        }

        foreach (var (token, bias) in settings.LogitBias ?? new Dictionary<LLamaToken, float>())
        {
            // A model that took over while the request waited may have fewer tokens.
            if ((int)token < logits.Length)
            {
                logits[(int)token] += bias;
            }
        }
    }

    private int Draw(ReadOnlySpan<float> logits, float highest)
    {
        _candidates.Clear();
        var total = 0.0;
        var threshold = highest - (Negligible * settings.Temperature);
        for (var i = 0; i < logits.Length; i++)
        {
            if (logits[i] >= threshold)
            {
                var weight = MathF.Exp((logits[i] - highest) / settings.Temperature);
                _candidates.Add((i, weight));
                total += weight;
            }
        }

        // Ties are broken by the token's number, so that a seed always means the same.
        _candidates.Sort((a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Token.CompareTo(b.Token));
        var (count, sum) = (0, 0.0);
        do
        {
            sum += _candidates[count++].Weight;
        }
        while (count < _candidates.Count && sum < settings.TopP * total);

        var point = _random.NextDouble() * sum;
        for (var i = 0; i < count; i++)
        {
            point -= _candidates[i].Weight;
            if (point <= 0)
            {
                return _candidates[i].Token;
            }
        }

        return _candidates[count - 1].Token;
    }
}
