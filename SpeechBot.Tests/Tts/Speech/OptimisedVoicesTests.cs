using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Support;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.Tts.Speech;

public sealed class OptimisedVoicesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voices");
    private readonly string _voice = TestModels.StarterVoice;

    [Fact]
    public void A_voice_speaks_from_its_optimised_copy_and_a_damaged_copy_is_thrown_away()
    {
        var voices = Voices(_folder.FullName);
        var copy = voices.Find(_voice)!;
        Assert.Equal(copy, voices.Find(_voice));
        Assert.Equal([copy.FirstPath, copy.SecondPath], Directory.GetFiles(_folder.FullName).Order());

        using (var engine = PiperEngine.Load(_voice, 2, Accelerator.Cpu, voices))
        {
            Assert.InRange(Speak(engine, "həlˈoʊ ðˈɛɹ.").Sum(piece => piece.Length), 5_000, 50_000);
        }

        File.WriteAllBytes(copy.FirstPath, File.ReadAllBytes(copy.FirstPath)[..1000]);
        using (var engine = PiperEngine.Load(_voice, 1, Accelerator.Cpu, voices))
        {
            Assert.NotEmpty(Speak(engine, "həlˈoʊ."));
        }

        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Piece_by_piece_a_voice_says_the_same_as_at_once()
    {
        // Without its noise the voice says everything the same way each time.
        var still = Path.Combine(_folder.CreateSubdirectory("still").FullName, "still.onnx");
        File.CreateSymbolicLink(still, _voice);
        var settings = JsonNode.Parse(File.ReadAllText(_voice + ".json"))!;
        settings["inference"] = new JsonObject { ["noise_scale"] = 0, ["length_scale"] = 1, ["noise_w"] = 0 };
        File.WriteAllText(still + ".json", settings.ToJsonString());
        const string Sentence = "ðə kˈæpɪtəl ʌv fɹˈæns ɪz pˈɛɹɪs, ænd ɪt lˈaɪz ɑn ðə ɹˈɪvɚ sˈeɪn.";

        using var copied = PiperEngine.Load(still, 2, Accelerator.Cpu, Voices(_folder.FullName));
        using var uncopied = PiperEngine.Load(still, 2, Accelerator.Cpu);
        float[] atOnce = AtOnce(still, Sentence);
        foreach (var pieces in new[] { Speak(copied, Sentence), Speak(uncopied, Sentence) })
        {
            Assert.True(pieces.Count > 1, "the sentence came in one piece");
            Assert.InRange(pieces[0].Length / (double)copied.Voices[0].SampleRate, 0.3, 0.4);
            float[] joined = [.. pieces.SelectMany(piece => piece)];
            Assert.Equal(atOnce.Length, joined.Length);
            Assert.InRange(atOnce.Zip(joined, (one, other) => Math.Abs(one - other)).Max(), 0, 1e-4);
        }
    }

    [Fact]
    public void What_is_no_voice_is_not_cut()
    {
        var text = Path.Combine(_folder.FullName, "text.onnx");
        File.WriteAllText(text, "not a network");

        Assert.Null(PiperHalves.Of(text));
        Assert.Null(PiperHalves.Of(TestModels.Path("vad/silero_vad_v6.onnx")));
    }

    [Fact]
    public void Without_a_place_for_copies_there_are_none()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        Assert.Null(Voices("off").Find(_voice));
        Assert.Null(Voices(Path.Combine(file, "below")).Find(_voice));
    }

    [Fact]
    public void What_is_no_model_of_the_runtime_is_told()
    {
        Assert.Throws<InvalidDataException>(() => OrtModelShapes.Remove(new byte[100]));
        Assert.Throws<InvalidDataException>(() => OrtModelShapes.Remove([.. new byte[4], .. "ORTM"u8]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static float[] AtOnce(string voice, string phonemes)
    {
        var ids = PiperVoiceFile.Read(voice).Ids(phonemes);
        using var network = PiperNetwork.Open(voice, 1, cuda: false);
        using var input = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
        using var lengths = OrtValue.CreateTensorValueFromMemory(new long[] { ids.Length }, [1]);
        using var scales = OrtValue.CreateTensorValueFromMemory(new float[] { 0, 1, 0 }, [3]);
        using var run = new RunOptions();
        var inputs = new Dictionary<string, OrtValue> { ["input"] = input, ["input_lengths"] = lengths, ["scales"] = scales };
        using var begun = network.Begin(inputs, run);
        return network.Finish(begun, .., inputs, run);
    }

    private static List<float[]> Speak(PiperEngine engine, string phonemes) =>
        [.. engine.Speak(phonemes, new SpeechStyle(engine.Voices[0], 1, IsUrgent: true, UseAllCores: true), CancellationToken.None)];

    private static OptimisedVoices Voices(string path) =>
        new(Options.Create(new SpeechOptions { CachePath = path }), NullLogger<OptimisedVoices>.Instance);
}
