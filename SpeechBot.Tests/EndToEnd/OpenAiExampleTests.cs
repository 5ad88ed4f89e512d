using System.Net.Http.Json;
using System.Text.Json;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.EndToEnd;

/// <summary>The three examples of the README, sent as curl sends them.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class OpenAiExampleTests(AppHostFixture system)
{
    private static readonly object[] Question = [new { role = "user", content = "What is the capital of France?" }];

    [Fact]
    public async Task A_recording_becomes_its_words() =>
        Assert.Contains("ask not what your country can do for you", (await system.TranscribeAsync(TestAudio.Read("jfk.wav"))).ToLowerInvariant());

    [Fact]
    public async Task A_question_is_answered_at_once()
    {
        using var llm = system.Client("llm");

        using var response = await llm.PostAsJsonAsync("/v1/chat/completions", new { model = await ModelAsync(llm), messages = Question }, TestContext.Current.CancellationToken);

        var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Contains("Paris", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.True(answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task A_question_is_answered_word_by_word()
    {
        using var llm = system.Client("llm");

        using var response = await llm.PostAsJsonAsync("/v1/chat/completions", new { model = await ModelAsync(llm), stream = true, messages = Question }, TestContext.Current.CancellationToken);

        Assert.Equal("text/event-stream", response.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        var events = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["data: ".Length..]).ToArray();
        Assert.Equal("[DONE]", events[^1]);
        var words = events[..^1].Select(chunk => JsonDocument.Parse(chunk).RootElement.GetProperty("choices"))
            .Where(choices => choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out _))
            .Select(choices => choices[0].GetProperty("delta").GetProperty("content").GetString()).ToArray();
        Assert.True(words.Length > 3);
        Assert.Contains("Paris", string.Concat(words));
    }

    [Fact]
    public async Task What_is_spoken_is_heard_as_the_same_words()
    {
        // A voice speaks each time a little differently, and now and then one word of it is misheard.
        string[] words =
        [
            "Hello there. The train to Paris leaves at seven thirty in the morning.",
            "The library is open every day except on Sunday.",
            "Please bring an umbrella, because it may rain in the afternoon.",
            "My brother plays the piano, and my sister sings.",
            "Tomorrow we will drive to the lake and swim before lunch.",
            "Please close the window, because it is cold outside.",
            "She has lived in the same small house for twenty years.",
            "He reads a long book every night before he goes to sleep.",
        ];
        using var tts = system.Client("tts");
        var heard = new List<string>();

        foreach (var sentence in words)
        {
            using var response = await tts.PostAsJsonAsync("/v1/audio/speech", new { model = "tts-1", voice = "en_US-joe-medium", input = sentence }, TestContext.Current.CancellationToken);
            heard.Add(await system.TranscribeAsync(WavReader.Read(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))));
        }

        Assert.InRange(WordErrorRate.Of(string.Join(' ', words), string.Join(' ', heard)), 0, 0.1);
    }

    private static async Task<string> ModelAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("/v1/models")).GetProperty("data")[0].GetProperty("id").GetString()!;
}
