using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Stt.Hearing;
using SpeechBot.Stt.Networks;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

public sealed class EndOfTurnTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("speechbot-networks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("capital-of-france.wav", 0.99)]
    [InlineData("jfk.wav", 0.88)]
    [InlineData("unfinished.wav", 0.03)]
    public void The_melody_tells_whether_the_speaker_has_finished(string clip, double expected)
    {
        using var model = new EndOfTurnModel(TestModels.Path("turn/smart-turn-v3.2-cpu.onnx"));

        Assert.Equal(expected, model.Ask(TestAudio.Read(clip).Samples), 0.05);
    }

    [Theory]
    [InlineData("capital-of-france.wav")]
    [InlineData("spider-legs.wav")]
    [InlineData("short-joke.wav")]
    [InlineData("plants-food.wav")]
    [InlineData("unfinished.wav")]
    public void The_silence_in_front_of_a_voice_is_heard_as_if_it_were_all_there(string clip)
    {
        var path = TestModels.Path("turn/smart-turn-v3.2-cpu.onnx");
        using var model = new EndOfTurnModel(path);
        using var whole = OnnxSessions.Open(path, "Hearing:TurnPath");
        var samples = TestAudio.Padded(clip, 16_000, TimeSpan.Zero, TimeSpan.FromMilliseconds(200)).Samples;

        Assert.Equal(Ask(whole, new LogMelSpectrogram().Compute(EndOfTurnModel.Normalise(samples), 800)), model.Ask(samples), 0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_network_hears_all_of_the_eight_seconds(bool looksLikeIt)
    {
        var graph = new OnnxGraph();
        var zero = graph.Weights("zero", [0], 1);
        var mean = graph.Add("ReduceMean", [graph.Add("Reshape", [graph.Input("input_features", 1, LogMelSpectrogram.Bands, 800), graph.Numbers("whole", 1, LogMelSpectrogram.Bands, 800)])]);
        if (looksLikeIt)
        {
            var shape = graph.Add("Concat", [graph.Numbers("length", EndOfTurnPlaces.Count), graph.Numbers("width", 2)], OnnxGraph.With("axis", 0L));
            var places = graph.Add("Reshape", [graph.Weights("rows", new float[EndOfTurnPlaces.Count * 2], EndOfTurnPlaces.Count, 2), shape]);
            mean = graph.Add("Add", [mean, graph.Add("ReduceMean", [graph.Add("Softmax", [places], OnnxGraph.With("axis", 0L))])]);
        }

        graph.Output("logits", graph.Add("Add", [graph.Add("Mul", [mean, zero]), graph.Weights("quarter", [0.25f], 1)]), 1, 1, 1);
        var path = Path.Combine(_folder.FullName, "other.onnx");
        File.WriteAllBytes(path, graph.ToBytes());

        using var model = new EndOfTurnModel(path);

        Assert.Equal(looksLikeIt, EndOfTurnGraph.Of(path) is not null);
        Assert.Equal(0.25f, model.Ask(new float[16_000]));
    }

    [Fact]
    public void A_file_that_is_no_network_is_named()
    {
        var path = Path.Combine(_folder.FullName, "torn.onnx");
        File.WriteAllText(path, "not a network");

        var error = Assert.Throws<ModelLoadException>(() => new EndOfTurnModel(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Hearing:TurnPath", error.Message, StringComparison.Ordinal);
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
