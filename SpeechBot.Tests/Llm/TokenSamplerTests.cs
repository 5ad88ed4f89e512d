using LLama.Native;
using SpeechBot.Llm.Replies;

namespace SpeechBot.Tests.Llm;

public sealed class TokenSamplerTests
{
    [Fact]
    public void Without_temperature_the_likeliest_token_is_taken() =>
        Assert.Equal(2, Draw(new SamplingSettings(0, 1), [1, 2, 5, 3]));

    [Fact]
    public void A_small_share_leaves_only_the_likeliest()
    {
        var sampler = new TokenSampler(new SamplingSettings(2, 0.01f, Seed: 1));
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(3, (int)sampler.Sample([0.5f, 0.4f, 0.3f, 0.6f])));
    }

    [Fact]
    public void Draws_follow_the_probabilities()
    {
        var sampler = new TokenSampler(new SamplingSettings(1, 1, Seed: 5));
        var ones = Enumerable.Range(0, 4000).Count(_ => (int)sampler.Sample([MathF.Log(0.3f), MathF.Log(0.7f)]) == 1);
        Assert.InRange(ones, 2650, 2950);
    }

    [Fact]
    public void The_same_seed_draws_the_same_tokens()
    {
        Assert.Equal(Series(42), Series(42));
        Assert.NotEqual(Series(42), Series(43));

        static int[] Series(long seed)
        {
            var sampler = new TokenSampler(new SamplingSettings(1, 1, Seed: seed));
            return [.. Enumerable.Range(0, 40).Select(_ => (int)sampler.Sample([0.1f, 0.2f, 0.3f, 0.4f]))];
        }
    }

    [Fact]
    public void What_was_said_becomes_less_likely()
    {
        var repeat = new TokenSampler(new SamplingSettings(0, 1, RepeatPenalty: 1.1f));
        Assert.Equal(1, (int)repeat.Sample([1, 1.05f]));
        Assert.Equal(0, (int)repeat.Sample([1, 1.05f]));

        var presence = new TokenSampler(new SamplingSettings(0, 1, PresencePenalty: 0.1f));
        Assert.Equal(1, (int)presence.Sample([1, 1.05f]));
        Assert.Equal(0, (int)presence.Sample([1, 1.05f]));

        var frequency = new TokenSampler(new SamplingSettings(0, 1, FrequencyPenalty: 0.03f));
        Assert.Equal([1, 1, 0], Enumerable.Range(0, 3).Select(_ => (int)frequency.Sample([1, 1.05f])));
    }

    [Fact]
    public void A_bias_is_added() =>
        Assert.Equal(0, Draw(new SamplingSettings(0, 1, LogitBias: new Dictionary<LLamaToken, float> { [0] = 10 }), [1, 2]));

    private static int Draw(SamplingSettings settings, float[] logits) => (int)new TokenSampler(settings).Sample(logits);
}
