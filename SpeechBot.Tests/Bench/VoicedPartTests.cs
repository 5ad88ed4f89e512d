using SpeechBot.Bench.Talking;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Bench;

public sealed class VoicedPartTests
{
    [Theory]
    [InlineData("capital-of-france.wav", 1.88)]
    [InlineData("spider-legs.wav", 2.07)]
    [InlineData("two-questions.wav", 6.77)]
    public void The_silence_behind_the_words_is_left_out(string name, double seconds) =>
        Assert.Equal(seconds, VoicedPart.End(TestAudio.Read(name)).TotalSeconds, 0.011);

    [Fact]
    public void The_silence_before_the_words_is_left_out() =>
        Assert.Equal(0.3, VoicedPart.Begin(new AudioClip([.. new float[4_800], .. Enumerable.Repeat(0.3f, 8_000)], 16_000)).TotalSeconds, 0.001);

    [Fact]
    public void A_sound_without_silence_is_voiced_to_its_end() =>
        Assert.Equal(0.5, VoicedPart.End(new AudioClip([.. Enumerable.Repeat(0.3f, 8_000)], 16_000)).TotalSeconds, 0.001);

    [Fact]
    public void Silence_has_no_voiced_part() => Assert.Equal(TimeSpan.Zero, VoicedPart.End(TestAudio.Silence(16_000, TimeSpan.FromSeconds(1))));

    [Theory]
    [InlineData(-1, 0.1)]
    [InlineData(0.15, 0.15)]
    [InlineData(0.2, 0.5)]
    [InlineData(0.55, 0.55)]
    [InlineData(0.6, null)]
    [InlineData(7, null)]
    public void A_voice_goes_on_after_its_pause(double at, double? next)
    {
        float[] silence = new float[1_600], voice = [.. Enumerable.Repeat(0.3f, 1_600)];
        var clip = new AudioClip([.. silence, .. voice, .. silence, .. silence, .. silence, .. voice], 16_000);

        var heard = VoicedPart.Next(clip, TimeSpan.FromSeconds(at));

        Assert.Equal(next is null, heard is null);
        Assert.Equal(next ?? 0, heard?.TotalSeconds ?? 0, 0.001);
    }

    [Theory]
    [InlineData(2.3, 3.39)]
    [InlineData(4.5, 5.52)]
    [InlineData(7.8, 8.29)]
    public void The_room_in_a_pause_is_no_voice(double at, double next) =>
        Assert.Equal(next, VoicedPart.Next(TestAudio.Read("jfk.wav"), TimeSpan.FromSeconds(at))!.Value.TotalSeconds, 0.015);
}
