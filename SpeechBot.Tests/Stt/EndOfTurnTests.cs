using Microsoft.ML.OnnxRuntime;
using SpeechBot.Stt.Hearing;
using SpeechBot.Stt.Networks;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

public sealed class EndOfTurnTests
{
    [Theory]
    [InlineData("capital-of-france.wav", 0.99)]
    [InlineData("jfk.wav", 0.88)]
    [InlineData("unfinished.wav", 0.03)]
    public void The_melody_tells_whether_the_speaker_has_finished(string clip, double expected)
    {
        using var model = new EndOfTurnModel(TestModels.Path("turn/smart-turn-v3.2-cpu.onnx"));

        Assert.Equal(expected, model.Ask(TestAudio.Read(clip).Samples), 0.05);
    }

    [Fact]
    public void The_quicker_sums_of_this_CPU_answer_as_the_safe_ones_do()
    {
        var path = TestModels.Path("turn/smart-turn-v3.2-cpu.onnx");
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.x64quantprecision", "1");
        using var safe = new InferenceSession(path, options);
        using var used = OnnxSessions.Open(path, "Hearing:TurnPath");
        var features = new LogMelSpectrogram().Compute(TestAudio.Padded("two-questions.wav", 16_000, TimeSpan.Zero, TimeSpan.FromSeconds(8)).Samples, 800);

        Assert.Equal(Ask(safe, features), Ask(used, features), 1e-4);
    }

    [Fact]
    public void The_transform_is_the_sum_that_it_stands_for()
    {
        var random = new Random(7);
        var real = Enumerable.Range(0, Fourier400.Points).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var imaginary = Enumerable.Range(0, Fourier400.Points).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var expected = Enumerable.Range(0, Fourier400.Points).Select(k => Sum(real, imaginary, k)).ToArray();

        new Fourier400().Transform(real, imaginary);

        for (var k = 0; k < Fourier400.Points; k++)
        {
            Assert.Equal(expected[k].Real, real[k], 1e-3);
            Assert.Equal(expected[k].Imaginary, imaginary[k], 1e-3);
        }
    }

    [Fact]
    public void A_voice_is_told_from_silence()
    {
        using var model = new VoiceActivityModel(TestModels.Path("vad/silero_vad_v6.onnx"));
        using var stream = model.CreateStream();
        var samples = TestAudio.Padded("capital-of-france.wav", 16_000, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)).Samples;

        var voiced = samples.Chunk(VoiceActivityModel.WindowSamples).Where(window => window.Length == VoiceActivityModel.WindowSamples)
            .Select((window, index) => (Start: index * VoiceActivityModel.WindowSamples / 16_000.0, Voice: stream.Next(window) >= 0.5f))
            .Where(window => window.Voice).Select(window => window.Start).ToArray();

        Assert.InRange(voiced[0], 3, 3.6);
        Assert.InRange(voiced[^1], 4, 6);
        Assert.InRange(voiced.Length, 25, 90);
    }

    private static float Ask(InferenceSession session, float[] features)
    {
        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(features, [1, LogMelSpectrogram.Bands, 800]);
        using var results = session.Run(run, ["input_features"], [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    private static System.Numerics.Complex Sum(float[] real, float[] imaginary, int k)
    {
        var sum = System.Numerics.Complex.Zero;
        for (var n = 0; n < Fourier400.Points; n++)
        {
            sum += new System.Numerics.Complex(real[n], imaginary[n]) * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * k * n / Fourier400.Points);
        }

        return sum;
    }
}
