using System.Runtime.InteropServices;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

public sealed class EchoGateTests
{
    private const double Played = 0.1;

    private readonly EchoGate _gate = new();

    [Theory]
    [InlineData(-20)]
    [InlineData(-30)]
    public void An_answers_echo_does_not_pass(double decibels) => Assert.DoesNotContain(true, Enumerable.Range(0, 200).Select(_ => Passes(Played * Math.Pow(10, decibels / 20), Played)));

    [Fact]
    public void An_echo_that_comes_late_does_not_pass_either()
    {
        Repeat(40, () => Passes(0.0005, Played));

        Assert.False(Passes(0.01, Played));
    }

    [Fact]
    public void The_echo_of_the_last_words_does_not_pass_either_and_half_a_second_later_all_does()
    {
        Repeat(50, () => Passes(0.01, Played));

        Assert.False(Passes(0.01, played: 0));
        Repeat(30, () => Passes(0, played: 0));
        Assert.True(Passes(0.01, played: 0));
    }

    [Fact]
    public void A_voice_passes_with_its_soft_sounds()
    {
        Repeat(50, () => Passes(0.005, Played));

        Assert.True(Passes(0.08, Played));
        Assert.True(Passes(0.004, Played));
    }

    [Fact]
    public void Where_hardly_any_echo_is_left_a_soft_voice_passes()
    {
        Assert.False(Passes(0.008, Played));
        Repeat(250, () => Passes(0.0005, Played));

        Assert.True(Passes(0.008, Played));
    }

    [Fact]
    public void A_loud_echo_that_was_taken_for_a_voice_once_is_known()
    {
        Assert.True(Passes(0.04, Played));
        Repeat(20, () => Passes(0, Played));

        _gate.LetThrough();

        Assert.False(Passes(0.04, Played));
    }

    [Fact]
    public void Everything_passes_while_nothing_is_played_or_the_answer_is_silent_for_a_voice()
    {
        Assert.True(Passes(0.001, played: 0));
        Assert.True(Passes(0.001, Played, isVoice: true));
    }

    [Fact]
    public void In_place_of_an_echo_the_ears_get_the_rooms_noise()
    {
        Repeat(50, () => Through(0.002, played: 0));

        var levels = Enumerable.Range(0, 200).Select(_ => Through(0.02, Played)).ToArray();

        Assert.All(levels, level => Assert.InRange(level, 0.0015, 0.0025));
    }

    [Fact]
    public void Nothing_is_made_louder_and_what_is_as_soft_as_the_room_is_left_alone()
    {
        Repeat(50, () => Through(0.002, played: 0));

        Assert.Equal(0.0005, Through(0.0005, Played), 3e-5);
        Assert.Equal(0.0035, Through(0.0035, Played), 3e-5);
    }

    [Fact]
    public void A_voice_in_front_of_the_answer_is_not_taken_for_the_room()
    {
        Repeat(5, () => Through(0.002, played: 0));
        Repeat(80, () => Through(0.1, played: 0));

        Assert.InRange(Through(0.02, Played), 0.0015, 0.0025);
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }

    private bool Passes(double level, double played, bool isVoice = false) => Through(level, played, isVoice) > 0;

    private double Through(double level, double played, bool isVoice = false)
    {
        var samples = new short[480];
        Array.Fill(samples, (short)(level * short.MaxValue));
        var pcm = MemoryMarshal.AsBytes(samples.AsSpan());
        _gate.Pass(pcm, played, isVoice);
        return Loudness.Of(pcm);
    }
}
