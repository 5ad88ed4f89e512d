using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.Tts.Api;

[Collection(nameof(Mouth))]
public sealed class SpeechApiTests(Mouth mouth)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{\"voice\":\"bob\",\"input\":\"Hi.\"}", 400, "voice", "en_US-joe-medium")]
    [InlineData("{\"input\":\"\"}", 400, "input", "empty")]
    [InlineData("{}", 400, "input", "empty")]
    [InlineData("{\"input\":\"😀 👍\"}", 400, "input", "nothing that can be spoken")]
    [InlineData("{\"input\":\"Hi.\",\"response_format\":\"mp3\"}", 400, "response_format", "wav or pcm")]
    [InlineData("{\"input\":\"Hi.\",\"stream_format\":\"ws\"}", 400, "stream_format", "audio or sse")]
    [InlineData("{\"input\":\"Hi.\",\"speed\":9}", 400, "speed", "0.25 to 4")]
    [InlineData("{\"input\":\"Hi.\",\"sample_rate\":1}", 400, "sample_rate", "8000 to 48000")]
    [InlineData("{\"input\":\"Hi.\",\"model\":\"gpt\"}", 404, "model", "tts-1")]
    public async Task A_bad_request_is_told_what_is_possible(string body, int status, string param, string advice)
    {
        using var response = await mouth.Client.PostAsync("/v1/audio/speech", new StringContent(body, null, "application/json"), Cancelled);

        Assert.Equal(status, (int)response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error");
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Contains(advice, error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_told_the_limit()
    {
        using var response = await mouth.PostAsync(new { input = new string('a', 4097) });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("4097 characters; the limit is 4096", await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task What_is_no_json_is_told_so()
    {
        using var response = await mouth.Client.PostAsync("/v1/audio/speech", new StringContent("{bad", null, "application/json"), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("JSON", await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Every_name_of_OpenAIs_voices_speaks()
    {
        foreach (var voice in (string[])["alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse", "marin", "cedar", "en_US-joe-medium"])
        {
            using var response = await mouth.PostAsync(new { model = "tts-1", voice, input = "Yes.", instructions = "Be kind." });
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Pcm_has_the_rate_that_was_asked_for_and_begins_with_the_voice()
    {
        using var response = await mouth.PostAsync(new { input = "Good morning.", response_format = "pcm", sample_rate = 16_000 });
        var samples = Pcm16.ToSamples(await response.Content.ReadAsByteArrayAsync(Cancelled));

        Assert.Equal("audio/pcm; rate=16000; channels=1", response.Content.Headers.ContentType!.ToString());
        Assert.InRange(samples.Length, 16_000 / 3, 16_000 * 2);
        Assert.InRange(Array.FindIndex(samples, sample => Math.Abs(sample) >= 0.01f), 0, 16_000 / 50);
    }

    [Fact]
    public async Task Speed_changes_the_length()
    {
        // A voice draws each sound's length anew; over twelve sentences that evens out. It gives every sound at least one of its frames,
        // of 12 ms, so twice as fast is not half as long.
        var text = string.Join(' ', Enumerable.Repeat("This sentence is spoken at several rates. So is the one that follows it without a rest. The third makes sure that luck has little to say.", 4));
        var usual = await mouth.SpeakAsync(new { input = text });
        var slow = await mouth.SpeakAsync(new { input = text, speed = 0.5 });
        var fast = await mouth.SpeakAsync(new { input = text, speed = 2 });

        Assert.Equal(24_000, usual.SampleRate);
        TestContext.Current.TestOutputHelper?.WriteLine($"{usual.Duration.TotalSeconds:0.00} s, slow {slow.Duration / usual.Duration:0.000}, fast {fast.Duration / usual.Duration:0.000}");
        Assert.InRange(slow.Duration / usual.Duration, 1.6, 2);
        Assert.InRange(fast.Duration / usual.Duration, 0.5, 0.65);
    }

    [Fact]
    public async Task A_long_text_begins_to_arrive_before_it_is_all_made()
    {
        var text = string.Join(' ', Enumerable.Repeat("This is one of many sentences that take their time.", 40));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/speech") { Content = JsonContent.Create(new { input = text, response_format = "pcm" }) };
        using var response = await mouth.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var body = await response.Content.ReadAsStreamAsync(Cancelled);
        var read = await body.ReadAtLeastAsync(new byte[24_000], 24_000, cancellationToken: Cancelled);

        // Two minutes of audio: had it been made whole, this test would have got all of it in one piece, seconds later.
        Assert.Equal(24_000, read);
        Assert.Null(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Events_carry_the_same_audio()
    {
        using var response = await mouth.PostAsync(new { input = "One sentence. And another one.", response_format = "pcm", stream_format = "sse" });
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = (await response.Content.ReadAsStringAsync(Cancelled)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..])).ToList();

        // A piece of the first sentence comes before the rest of it.
        Assert.True(events.Count > 3, $"{events.Count} events");
        Assert.All(events.SkipLast(1), e => Assert.Equal("speech.audio.delta", e.GetProperty("type").GetString()));
        Assert.Equal("speech.audio.done", events[^1].GetProperty("type").GetString());
        Assert.All(events.SkipLast(1), e => Assert.NotEmpty(Pcm16.ToSamples(e.GetProperty("audio").GetBytesFromBase64())));
        Assert.True(events[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task A_cut_clause_has_no_pause_and_a_sentence_of_an_answer_has_one()
    {
        var cut = await mouth.SpeakAsync(new { input = "The sky is blue", speechbot = new { clause = true, index = 0 } });
        var whole = await mouth.SpeakAsync(new { input = "The sky is blue.", speechbot = new { clause = false, index = 1 } });

        Assert.InRange(TrailingSilence(cut), 0, 0.05);
        Assert.InRange(TrailingSilence(whole), 0.28, 0.36);
    }

    [Fact]
    public async Task A_clause_with_nothing_to_say_is_empty_and_no_error()
    {
        var clip = await mouth.SpeakAsync(new { input = "```code```", speechbot = new { clause = false, index = 2 } });
        Assert.Empty(clip.Samples);
    }

    [Fact]
    public async Task Voices_and_models_are_listed()
    {
        var voices = await mouth.Client.GetFromJsonAsync<JsonElement>("/v1/voices", Cancelled);
        var voice = Assert.Single(voices.GetProperty("data").EnumerateArray());
        Assert.Equal("en_US-joe-medium", voice.GetProperty("id").GetString());
        Assert.Equal("en-US", voice.GetProperty("language").GetString());
        Assert.Equal("CC0", voice.GetProperty("licence").GetString());
        Assert.Equal(22_050, voice.GetProperty("sample_rate").GetInt32());

        var models = await mouth.Client.GetFromJsonAsync<JsonElement>("/v1/models", Cancelled);
        Assert.Equal("en_US-joe-medium", models.GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_next_request_is_served_after_a_client_has_left()
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var text = string.Join(' ', Enumerable.Repeat("A sentence that nobody is going to hear to its end.", 60));
        var left = mouth.Client.PostAsJsonAsync("/v1/audio/speech", new { input = text }, leave.Token);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.NotEmpty((await mouth.SpeakAsync(new { input = "Still here." })).Samples);
    }

    private static double TrailingSilence(AudioClip clip) =>
        (clip.Samples.Length - 1 - Array.FindLastIndex(clip.Samples, sample => Math.Abs(sample) >= SpeechSound.Silence)) / (double)clip.SampleRate;
}
