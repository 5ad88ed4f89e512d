using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Web.Clients;

/// <summary>A whole recording → its words, by the ears' <c>/v1/audio/transcriptions</c>.</summary>
public sealed class TranscriptionClient(HttpClient http, StageGuard guard)
{
    /// <summary>Every server of this API takes OpenAI's own name for its model.</summary>
    private const string Model = "whisper-1";

    /// <summary>Transcribes a recording.</summary>
    /// <param name="pcm">PCM16, mono, <paramref name="sampleRate"/> Hz.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="language">The spoken language in two letters; null lets the ears decide.</param>
    /// <param name="wholeWindow">Whisper looks at its whole window of 30 s, however short the recording is: slower, and how it is done elsewhere.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The words; empty where nobody spoke.</returns>
    /// <exception cref="StageException">The ears are away, too slow, or refused.</exception>
    public Task<string> TranscribeAsync(ReadOnlyMemory<byte> pcm, int sampleRate, string? language, bool wholeWindow, CancellationToken cancellationToken) =>
        guard.RunAsync(Stage.Ears, async cancel =>
        {
            using var file = new ReadOnlyMemoryContent(Wav(pcm, sampleRate));
            file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
            using var form = new MultipartFormDataContent { { file, "file", "recording.wav" }, { new StringContent(Model), "model" }, { new StringContent(wholeWindow ? "verbose_json" : "json"), "response_format" } };
            if (language is not null)
            {
                form.Add(new StringContent(language), "language");
            }

            using var response = await http.PostAsync("/v1/audio/transcriptions", form, cancel);
            await ServiceReply.EnsureSuccessAsync(response, cancel);
            return (await response.Content.ReadFromJsonAsync<Transcription>(cancel))?.Text.Trim() ?? "";
        }, cancellationToken);

    private static byte[] Wav(ReadOnlyMemory<byte> pcm, int sampleRate) => [.. WavWriter.Header(sampleRate, 1, pcm.Length), .. pcm.Span];

    private sealed record Transcription([property: JsonPropertyName("text")] string Text);
}
