using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.Tts.Speech;

public sealed class ClauseSoundTests
{
    private const int VoiceRate = 22_050;
    private const int Rate = 24_000;
    private const float Gain = 1.5f;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    /// <summary>Silence, a voice with a silence within, silence.</summary>
    private static readonly float[] Clause = [.. new float[900], .. Voice(9_000), .. new float[2_000], .. Voice(6_000), .. new float[3_000]];

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(8_960)]
    [InlineData(10_500)]
    [InlineData(17_950)]
    [InlineData(20_000)]
    public void However_a_clause_is_cut_it_sounds_the_same(int first)
    {
        var whole = Say(Clause);
        var cut = Say(Clause[..first], Clause[first..]);

        Assert.Equal(whole, cut);
        Assert.Equal(whole, Say([.. Clause.Chunk(700)]));
    }

    [Fact]
    public void What_comes_first_is_given_at_once_but_for_what_may_be_an_end()
    {
        var sound = new ClauseSound(VoiceRate, Rate, Gain);

        var first = sound.Add(Clause[..8_960]);

        Assert.InRange(first.Length, (8_960 - 900) * Rate / VoiceRate * 0.97, (8_960 - 900) * Rate / VoiceRate);

        // Whether silence is an end or within, only what follows tells.
        Assert.InRange(sound.Add(new float[5_000]).Length, 0, Rate / 40);
        Assert.Empty(sound.Add(new float[5_000]));
    }

    [Fact]
    public void Of_silence_only_the_pause_is_left() => Assert.Equal(Pause.TotalSeconds * Rate, Say(new float[5_000], new float[5_000]).Length);

    private static float[] Say(params float[][] pieces)
    {
        var sound = new ClauseSound(VoiceRate, Rate, Gain);
        return [.. pieces.SelectMany(piece => sound.Add([.. piece])), .. sound.Complete(Pause)];
    }

    private static float[] Voice(int length) => [.. Enumerable.Range(0, length).Select(at => 0.4f * MathF.Sin(at * 0.05f))];
}
