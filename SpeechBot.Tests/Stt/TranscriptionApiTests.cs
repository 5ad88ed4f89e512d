using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

[Collection(nameof(Ears))]
public sealed class TranscriptionApiTests(Ears ears)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_is_the_text_and_the_seconds()
    {
        var json = await PostJsonAsync(Recording("capital-of-france.wav"), ("model", "whisper-1"));

        Assert.Equal("What is the capital of France?", json.GetProperty("text").GetString());
        Assert.Equal(3, json.GetProperty("usage").GetProperty("seconds").GetInt32());
    }

    [Fact]
    public async Task Verbose_json_has_segments_and_words_with_times()
    {
        var json = await PostJsonAsync(Recording("two-questions.wav"), ("response_format", "verbose_json"), ("timestamp_granularities[]", "segment"), ("timestamp_granularities[]", "word"));

        var segments = json.GetProperty("segments").EnumerateArray().ToArray();
        var words = json.GetProperty("words").EnumerateArray().ToArray();
        Assert.Equal("english", json.GetProperty("language").GetString());
        Assert.NotEmpty(segments); // One or two: where the model cuts depends on the processor's arithmetic.
        Assert.All(segments, segment => Assert.True(segment.GetProperty("start").GetDouble() < segment.GetProperty("end").GetDouble()));
        Assert.Equal(0, WordErrorRate.Of(KnownWords.Of["two-questions.wav"], string.Join(' ', words.Select(word => word.GetProperty("word").GetString()))), 6);
        Assert.Equal(words.Select(Start).Order(), words.Select(Start));
        Assert.InRange(words[^1].GetProperty("end").GetDouble(), 6, json.GetProperty("duration").GetDouble());

        static double Start(JsonElement word) => word.GetProperty("start").GetDouble();
    }

    [Theory]
    [InlineData("text", "^What is the capital of France\\?\n$")]
    [InlineData("srt", "^1\n00:00:00,\\d{3} --> 00:00:0\\d,\\d{3}\nWhat is the capital of France\\?\n\n$")]
    [InlineData("vtt", "^WEBVTT\n\n00:00:00\\.\\d{3} --> 00:00:0\\d\\.\\d{3}\nWhat is the capital of France\\?\n\n$")]
    public async Task Text_and_subtitles_come_as_they_are(string format, string pattern)
    {
        using var response = await PostAsync(Recording("capital-of-france.wav"), ("response_format", format));

        Assert.Matches(pattern, await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task A_streamed_answer_ends_with_the_whole_text()
    {
        using var response = await PostAsync(Recording("jfk.wav"), ("stream", "true"));
        var events = (await response.Content.ReadAsStringAsync(Cancelled)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line["data: ".Length..]).RootElement).ToArray();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.All(events[..^1], e => Assert.Equal("transcript.text.delta", e.GetProperty("type").GetString()));
        Assert.Equal("transcript.text.done", events[^1].GetProperty("type").GetString());
        Assert.Equal(string.Concat(events[..^1].Select(e => e.GetProperty("delta").GetString())), events[^1].GetProperty("text").GetString());
        Assert.Contains("ask not what your country can do for you", events[^1].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Any_rate_width_and_channel_count_is_understood()
    {
        var source = TestAudio.Read("capital-of-france.wav").To(44_100);
        using var wav = new MemoryStream();
        using (var writer = new BinaryWriter(wav, System.Text.Encoding.ASCII, leaveOpen: true))
        {
            writer.Write(SpeechBot.ServiceDefaults.Audio.WavWriter.Header(44_100, 2, source.Samples.Length * 4));
            foreach (var sample in source.Samples)
            {
                writer.Write((short)(sample * 32_000));
                writer.Write((short)(sample * 32_000));
            }
        }

        var json = await PostJsonAsync(new ByteArrayContent(wav.ToArray()));

        Assert.Equal("What is the capital of France?", json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_models_are_listed()
    {
        var list = await ears.Client.GetFromJsonAsync<JsonElement>("/v1/models", Cancelled);

        Assert.Equal(["ggml-tiny.en-q8_0", "whisper-1"], list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var document = await ears.Client.GetStringAsync("/openapi/v1.json", Cancelled);

        Assert.Contains("/v1/audio/transcriptions", document);
        Assert.Equal(HttpStatusCode.OK, (await ears.Client.GetAsync("/swagger/index.html", Cancelled)).StatusCode);
    }

    private static ByteArrayContent Recording(string name) => new(TestAudio.Bytes(name));

    private async Task<JsonElement> PostJsonAsync(HttpContent file, params (string Name, string Value)[] fields)
    {
        using var response = await PostAsync(file, fields);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }

    private async Task<HttpResponseMessage> PostAsync(HttpContent file, params (string Name, string Value)[] fields)
    {
        var response = await ears.Client.PostAsync("/v1/audio/transcriptions", Upload.Of(file, fields), Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
        return response;
    }
}
