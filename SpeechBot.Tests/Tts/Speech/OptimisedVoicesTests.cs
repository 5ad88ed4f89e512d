using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
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
        Assert.Equal(_folder.FullName, Path.GetDirectoryName(copy));
        Assert.Equal(copy, voices.Find(_voice));
        Assert.Equal([copy], Directory.GetFiles(_folder.FullName));

        using (var engine = PiperEngine.Load(_voice, 2, Accelerator.Cpu, voices))
        {
            var style = new SpeechStyle(engine.Voices[0], 1, IsUrgent: true);
            Assert.InRange(engine.Speak("həlˈoʊ ðˈɛɹ.", style, CancellationToken.None).Length, 5_000, 50_000);
        }

        File.WriteAllBytes(copy, File.ReadAllBytes(copy)[..1000]);
        using (var engine = PiperEngine.Load(_voice, 1, Accelerator.Cpu, voices))
        {
            Assert.NotEmpty(engine.Speak("həlˈoʊ.", new SpeechStyle(engine.Voices[0], 1, IsUrgent: false), CancellationToken.None));
        }

        Assert.False(File.Exists(copy));
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

    private static OptimisedVoices Voices(string path) =>
        new(Options.Create(new SpeechOptions { CachePath = path }), NullLogger<OptimisedVoices>.Instance);
}
