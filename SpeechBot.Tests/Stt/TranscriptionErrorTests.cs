using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

[Collection(nameof(Ears))]
public sealed class TranscriptionErrorTests(Ears ears)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("model", "gpt-9", 404, "model_not_found", "whisper-1")]
    [InlineData("language", "de", 400, "unsupported_language", "English only")]
    [InlineData("response_format", "xml", 400, "invalid_value", "verbose_json")]
    [InlineData("temperature", "-1", 400, "invalid_value", "from 0 to 1")]
    [InlineData("temperature", "warm", 400, "invalid_value", "from 0 to 1")]
    [InlineData("stream", "maybe", 400, "invalid_value", "true or false")]
    [InlineData("timestamp_granularities[]", "word", 400, "invalid_value", "verbose_json")]
    public async Task A_field_that_cannot_be_served_is_named(string field, string value, int status, string code, string advice)
    {
        var (actual, error) = await PostAsync(new ByteArrayContent(TestAudio.Bytes("stop.wav")), (field, value));

        Assert.Equal(status, (int)actual);
        Assert.Equal(code, error.Code);
        Assert.Equal(field, error.Param);
        Assert.Contains(advice, error.Message);
    }

    [Theory]
    [InlineData("", "empty_file", "empty")]
    [InlineData("This is a letter, not a recording.", "invalid_audio", "text")]
    [InlineData("OggS\0\0\0\0\0\0\0\0\0\0\0\0", "invalid_audio", "Ogg")]
    public async Task A_file_that_is_no_recording_is_refused(string content, string code, string advice)
    {
        var (status, error) = await PostAsync(new ByteArrayContent(Encoding.ASCII.GetBytes(content)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(code, error.Code);
        Assert.Contains(advice, error.Message);
        Assert.Contains("WAV", error.Message);
    }

    [Fact]
    public async Task A_form_without_a_file_is_refused()
    {
        var (status, error) = await PostAsync(null, ("model", "whisper-1"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("file", error.Param);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused()
    {
        var (status, error) = await PostAsync(new ByteArrayContent(new byte[30 * 1024 * 1024]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("25 MB", error.Message);
    }

    [Fact]
    public async Task A_missing_model_leaves_the_service_up_and_says_which_file_it_wants()
    {
        await using var deaf = new WebApplicationFactory<TranscriptionOptions>().WithWebHostBuilder(host => host.UseSetting("Stt:ModelPath", "stt/ggml-nowhere.bin"));
        using var client = deaf.CreateClient();
        await Assert.ThrowsAsync<ModelLoadException>(() => deaf.Services.GetRequiredService<ModelReadiness>().WhenReady);

        var health = await client.GetAsync("/health", Cancelled);
        var reason = await health.Content.ReadAsStringAsync(Cancelled);
        var response = await client.PostAsync("/v1/audio/transcriptions", Upload.Of(new ByteArrayContent(TestAudio.Bytes("stop.wav"))), Cancelled);
        var error = await response.Content.ReadFromJsonAsync<OpenAiErrorEnvelope>(Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("ggml-nowhere.bin", reason);
        Assert.Contains("Stt:ModelPath", reason);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("ggml-nowhere.bin", error?.Error.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_said_to_be_none()
    {
        await using var deaf = new WebApplicationFactory<TranscriptionOptions>().WithWebHostBuilder(host => host.UseSetting("Stt:ModelPath", TestAudio.Path("stop.wav")));
        using var client = deaf.CreateClient();

        var failure = await Assert.ThrowsAsync<ModelLoadException>(() => deaf.Services.GetRequiredService<ModelReadiness>().WhenReady);

        Assert.Contains("not a ggml Whisper model", failure.Message);
    }

    private async Task<(HttpStatusCode Status, OpenAiError Error)> PostAsync(HttpContent? file, params (string Name, string Value)[] fields)
    {
        using var response = await ears.Client.PostAsync("/v1/audio/transcriptions", Upload.Of(file, fields), Cancelled);
        var envelope = await response.Content.ReadFromJsonAsync<OpenAiErrorEnvelope>(Cancelled);
        return (response.StatusCode, envelope!.Error);
    }
}
