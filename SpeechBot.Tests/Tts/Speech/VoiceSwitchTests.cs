using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Support;
using SpeechBot.Tts.Api;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.Tts.Speech;

/// <summary>The mouth changes its voice while it speaks. The other voice is the starter voice under another name.</summary>
public sealed class VoiceSwitchTests : IAsyncLifetime
{
    private const string Starter = "en_US-joe-medium";
    private const string Other = "en_US-twin-medium";
    private const string Mute = "en_US-mute-medium";

    private readonly DirectoryInfo _downloads = Directory.CreateTempSubdirectory("speechbot-downloads-");
    private WebApplicationFactory<SpeechOptions> _mouth = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var folder = Path.Combine(_downloads.FullName, "tts");
        TestModels.Twin(TestModels.StarterVoice, folder, $"{Other}.onnx");
        TestModels.Twin(TestModels.StarterVoice + ".json", folder, $"{Other}.onnx.json");
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Mute}.onnx"), "not a network", Cancelled);
        _mouth = new WebApplicationFactory<SpeechOptions>().WithWebHostBuilder(host => host.UseSetting("Models:Downloads", _downloads.FullName));
        _client = _mouth.CreateClient();
        await _mouth.Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(2), Cancelled);
    }

    [Fact]
    public async Task An_answer_keeps_its_voice_and_the_next_one_has_the_new_one()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/speech")
        {
            Content = JsonContent.Create(new { voice = Starter, input = "This is the first sentence. This is the second one. And this is the third, which is the last." }),
        };
        using var speaking = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var change = await _client.PutAsJsonAsync("/v1/speechbot/model", new WantedModel(Other), Cancelled);
        var audio = await speaking.Content.ReadAsByteArrayAsync(Cancelled);

        Assert.Equal(Other, (await change.Content.ReadFromJsonAsync<SwitchedModel>(Cancelled))!.Model);
        Assert.True(audio.Length > 3 * 24_000 * sizeof(short), $"{audio.Length} bytes are less than three sentences");
        var voices = await _client.GetFromJsonAsync<VoiceList>("/v1/voices", Cancelled);
        Assert.Equal(Other, Assert.Single(voices!.Data).Id);
        Assert.Contains($"\"model\": \"{Other}\"", await _client.GetStringAsync("/health", Cancelled));

        // Who still has the former name gets the voice that took its place.
        using var again = await _client.PostAsJsonAsync("/v1/audio/speech", new { voice = Starter, input = "Hello again." }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_voice_that_cannot_be_used_changes_nothing()
    {
        using var change = await _client.PutAsJsonAsync("/v1/speechbot/model", new WantedModel(Mute), Cancelled);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, change.StatusCode);
        Assert.Contains($"{Starter} stays in use.", await change.Content.ReadAsStringAsync(Cancelled));
        using var speech = await _client.PostAsJsonAsync("/v1/audio/speech", new { voice = Starter, input = "I am still here." }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, speech.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _mouth.DisposeAsync();
        _downloads.Delete(recursive: true);
    }
}
