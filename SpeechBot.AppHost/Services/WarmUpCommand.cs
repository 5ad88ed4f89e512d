using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace SpeechBot.AppHost.Services;

/// <summary>A command in the dashboard that makes an engine do its work once, so that the next one who talks does not wait for cold caches.</summary>
public static class WarmUpCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds the command "Warm up", which posts one request and tells how long it took.</summary>
    public static IResourceBuilder<ProjectResource> WithWarmUp(this IResourceBuilder<ProjectResource> engine, string path, Func<HttpContent> content) =>
        engine.WithCommand(
            "warm-up",
            "Warm up",
            async context =>
            {
                using var client = engine.Client(Patience);
                using var body = content();
                var started = TimeProvider.System.GetTimestamp();
                using var response = await client.PostAsync(path, body, context.CancellationToken);
                await response.Content.ReadAsByteArrayAsync(context.CancellationToken);
                return response.IsSuccessStatusCode
                    ? CommandResults.Success()
                    : CommandResults.Failure($"{path} answered {(int)response.StatusCode} after {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms.");
            },
            new CommandOptions
            {
                Description = "Makes it do its work once.",
                IconName = "Fire",
                UpdateState = ServiceCommands.WhileRunning,
            });

    /// <summary>One word to answer.</summary>
    public static HttpContent Question() => JsonContent.Create(new { messages = new[] { new { role = "user", content = "Hello" } }, max_tokens = 1 });

    /// <summary>One word to say.</summary>
    public static HttpContent Word() => JsonContent.Create(new { model = "tts-1", input = "Hello.", voice = "alloy" });

    /// <summary>A second of silence to listen to: 16 kHz, mono, 16 bits.</summary>
    public static HttpContent Silence()
    {
        const int Rate = 16000;
        using var wav = new MemoryStream();
        using var writer = new BinaryWriter(wav);
        writer.Write("RIFF"u8);
        writer.Write(36 + (2 * Rate));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(2 * Rate);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(2 * Rate);
        writer.Write(new byte[2 * Rate]);
        var file = new ByteArrayContent(wav.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        return new MultipartFormDataContent { { file, "file", "silence.wav" }, { new StringContent("whisper-1"), "model" } };
    }
}
