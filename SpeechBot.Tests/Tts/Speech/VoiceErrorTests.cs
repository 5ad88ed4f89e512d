using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Support;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.Tts.Speech;

/// <summary>A voice that cannot be used leaves the service up, unhealthy, with a sentence that says what to do.</summary>
public sealed class VoiceErrorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_voice_is_told_and_the_service_stays_up()
    {
        await using var service = new WebApplicationFactory<SpeechOptions>().WithWebHostBuilder(host => host.UseSetting("Tts:VoicePath", "tts/nobody.onnx"));
        using var client = service.CreateClient();
        await Assert.ThrowsAsync<ModelLoadException>(() => service.Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(1), Cancelled));

        var health = await client.GetAsync("/health", Cancelled);
        Assert.Equal(503, (int)health.StatusCode);
        Assert.Contains("nobody.onnx", await health.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(200, (int)(await client.GetAsync("/alive", Cancelled)).StatusCode);

        var speech = await client.PostAsync("/v1/audio/speech", new StringContent("{\"input\":\"Hi.\"}", null, "application/json"), Cancelled);
        Assert.Equal(503, (int)speech.StatusCode);
        Assert.Contains("Tts:VoicePath", await speech.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public void A_setting_out_of_range_is_told_with_all_others()
    {
        var result = new SpeechOptionsValidator().Validate(null, new SpeechOptions { SampleRate = 1, MaxRequests = 0, VoicePath = " " });

        Assert.Contains("Tts:SampleRate is 1", result.FailureMessage);
        Assert.Contains("Tts:MaxRequests is 0", result.FailureMessage);
        Assert.Contains("Tts:VoicePath is empty", result.FailureMessage);
    }

    [Fact]
    public void A_voice_without_settings_is_told() =>
        Assert.Contains("does not exist", Load("voice.onnx", "not a network", settings: null).Message);

    [Fact]
    public void Settings_that_are_no_json_are_told() => Assert.Contains("not the JSON of a Piper voice", Load("voice.onnx", "", "hello").Message);

    [Fact]
    public void A_voice_of_another_kind_of_phonemes_is_told() =>
        Assert.Contains("'text'", Load("voice.onnx", "", Settings(settings => settings["phoneme_type"] = "text")).Message);

    [Fact]
    public void A_voice_of_another_language_is_told() =>
        Assert.Contains("de-DE", Load("voice.onnx", "", Settings(settings => settings["language"]!["code"] = "de_DE")).Message);

    [Fact]
    public void A_voice_cut_short_is_told()
    {
        var voice = File.ReadAllBytes(TestModels.StarterVoice)[..100_000];
        var path = Path.Combine(_folder.FullName, "short.onnx");
        File.WriteAllBytes(path, voice);
        File.WriteAllText(path + ".json", Settings(_ => { }));

        Assert.Contains("cut short", Assert.Throws<ModelLoadException>(() => PiperEngine.Load(path, 1, Accelerator.Cpu)).Message);
    }

    [Fact]
    public void Another_network_is_no_voice()
    {
        var path = Path.Combine(_folder.FullName, "ears.onnx");
        File.Copy(TestModels.Path("vad/silero_vad_v6.onnx"), path);
        File.WriteAllText(path + ".json", Settings(_ => { }));

        Assert.Contains("not a Piper voice", Assert.Throws<ModelLoadException>(() => PiperEngine.Load(path, 1, Accelerator.Cpu)).Message);
    }

    [Fact]
    public void Every_speaker_of_a_voice_of_several_is_a_voice()
    {
        var path = Path.Combine(_folder.FullName, "en_US-many-medium.onnx");
        File.WriteAllText(path + ".json", Settings(settings =>
        {
            settings["num_speakers"] = 3;
            settings["speaker_id_map"] = new JsonObject { ["ann"] = 0, ["bob"] = 2 };
        }));
        var voices = PiperVoiceFile.Read(path).Describe(path);

        Assert.Equal(["en_US-many-medium:ann", "en_US-many-medium:1", "en_US-many-medium:bob"], voices.Select(voice => voice.Id));
        Assert.Equal([0, 1, 2], voices.Select(voice => voice.Speaker));
    }

    [Fact]
    public void Phonemes_become_ids_with_padding_between_them()
    {
        var file = PiperVoiceFile.Read(TestModels.StarterVoice);

        Assert.Equal([1, 0, 20, 0, 59, 0, 10, 0, 2], file.Ids("h😀ə."));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ModelLoadException Load(string name, string content, string? settings)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        if (settings is not null)
        {
            File.WriteAllText(path + ".json", settings);
        }

        return Assert.Throws<ModelLoadException>(() => PiperEngine.Load(path, 1, Accelerator.Cpu));
    }

    private static string Settings(Action<JsonNode> change)
    {
        var settings = JsonNode.Parse(File.ReadAllText(TestModels.StarterVoice + ".json"))!;
        change(settings);
        return settings.ToJsonString();
    }
}
