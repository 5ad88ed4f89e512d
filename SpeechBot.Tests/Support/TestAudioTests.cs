using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Tests.Support;

public sealed class TestAudioTests
{
    [Fact]
    public void A_fake_microphone_has_silence_around_the_recording()
    {
        var folder = Directory.CreateTempSubdirectory("speechbot-microphone-");
        try
        {
            var clip = WavReader.Read(File.ReadAllBytes(TestAudio.FakeMicrophone(folder.FullName, ["stop.wav"])));

            Assert.Equal(48_000, clip.SampleRate);
            Assert.Equal(TestAudio.Read("stop.wav").Duration.TotalSeconds + 4, clip.Duration.TotalSeconds, 0.001);
            Assert.All(clip.Samples[..47_000], sample => Assert.Equal(0, sample));
            Assert.Contains(clip.Samples, sample => sample > 0.1);
            Assert.All(clip.Samples[^140_000..], sample => Assert.Equal(0, sample));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_starter_models_are_found() => Assert.True(File.Exists(TestModels.Path("stt/ggml-tiny.en-q8_0.bin")));
}
