using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.Security;
using SpeechBot.Tests.Support;
using StackExchange.Redis;

namespace SpeechBot.Tests.Deployment;

/// <summary>The compose file at work: what it starts is started, and talked to.</summary>
public sealed partial class ComposeRunTests(ComposeStack stack) : IClassFixture<ComposeStack>
{
    private const int Rate = 24_000;
    private const string NotClosed = "Only root may mount on Linux, so the services run without a container's walls here.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_spoken_question_is_answered_aloud_and_kept()
    {
        await using var client = await stack.ConnectAsync(Cancel);
        await client.WaitForAsync("session.created");
        await client.SendAsync(new { type = "session.update", session = new { audio = new { input = new { turn_detection = (object?)null } }, speechbot = new { binary_audio = true } } });
        await client.WaitForAsync("session.updated");

        foreach (var frame in Pcm16.ToBytes(TestAudio.Read("capital-of-france.wav").To(Rate).Samples).Chunk(Rate / 5))
        {
            await client.SendAudioAsync(frame);
        }

        await client.SendAsync(new { type = "input_audio_buffer.commit" });
        await client.SendAsync(new { type = "response.create" });
        var response = (await client.WaitForAsync("response.done")).GetProperty("response");

        Assert.True(response.GetProperty("status").GetString() == "completed", $"{response} {stack.Said("web")}");
        Assert.Equal(0, WordErrorRate.Of("What is the capital of France?", Transcript(client, "conversation.item.input_audio_transcription.completed")));
        var answer = Transcript(client, "response.output_audio_transcript.done");
        Assert.Contains("Paris", answer);
        var heard = await TranscribeAsync(new AudioClip(Pcm16.ToSamples(client.Audio.ToArray()), Rate));
        Assert.True(WordErrorRate.OfLetters(answer, heard) <= 0.2, $"'{answer}' was heard as '{heard}'");

        await using var cache = await ConnectionMultiplexer.ConnectAsync(stack.CacheConnection);
        await Eventually.TrueAsync(() => cache.GetServers()[0].Keys(pattern: $"speechbot:*{ApiKeyOptions.SharedOwner}*:turns").Any(key =>
            cache.GetDatabase().HashValues(key).Any(turn => turn.ToString().Contains("Paris", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_page_is_served_with_its_scripts_and_styles()
    {
        using var web = stack.Client("web");

        var page = await web.GetStringAsync("/", Cancel);
        var parts = Part().Matches(page).Select(match => match.Groups[1].Value).Where(part => part.EndsWith(".js", StringComparison.Ordinal) || part.EndsWith(".css", StringComparison.Ordinal)).ToArray();

        Assert.Contains("SpeechBot", page);
        Assert.True(parts.Length >= 4, page);
        foreach (var part in parts)
        {
            Assert.NotEmpty(await web.GetByteArrayAsync(part, Cancel));
        }
    }

    [Fact]
    public async Task Without_the_key_nobody_gets_in()
    {
        foreach (var service in stack.Services)
        {
            using var client = stack.Client(service);
            client.DefaultRequestHeaders.Authorization = null;

            using var answer = await client.GetAsync(service == "web" ? "/v1/realtime" : "/v1/models", Cancel);

            Assert.True(answer.StatusCode == System.Net.HttpStatusCode.Unauthorized, $"{service} answered {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_health_checks_of_the_compose_file_find_all_services_well()
    {
        Assert.SkipUnless(Container.IsClosed, NotClosed);
        foreach (var service in stack.Services)
        {
            Assert.True(await stack.CheckHealthAsync(service) == 0, $"The health check of {service} fails.");
        }
    }

    [Fact]
    public async Task A_service_has_no_rights_and_can_write_to_its_temporary_folder_only()
    {
        Assert.SkipUnless(Container.IsClosed, NotClosed);

        var (_, said) = await stack.RunAsync("stt", "sh", "-c", "id -u; for place in / /app /app/models /dotnet /etc /usr /tmp; do touch $place/x 2>/dev/null && echo $place; done; true");

        Assert.Equal(["65534", "/tmp"], said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string Transcript(RealtimeClient client, string type) =>
        string.Join(' ', client.Events.Where(happened => happened.GetProperty("type").GetString() == type).Select(happened => happened.GetProperty("transcript").GetString()!.Trim()));

    private async Task<string> TranscribeAsync(AudioClip clip)
    {
        using var stt = stack.Client("stt");
        var file = new ByteArrayContent(WavWriter.ToBytes(clip)) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var form = new MultipartFormDataContent { { file, "file", "heard.wav" }, { new StringContent("whisper-1"), "model" } };
        using var response = await stt.PostAsync("/v1/audio/transcriptions", form, Cancel);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(response.IsSuccessStatusCode, $"stt answered {(int)response.StatusCode}: {answer}");
        return answer.GetProperty("text").GetString()!;
    }

    [GeneratedRegex("""(?:href|src)="([^"]+)["]""")]
    private static partial Regex Part();
}
