using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tts.Api;

/// <summary>Clips → server-sent events: <c>speech.audio.delta</c> for each, <c>speech.audio.done</c> at the end, <c>error</c> where it breaks off.</summary>
internal static class EventStream
{
    // Base64 has plus signs, which HTML's rules would blow up to six characters.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends the events.</summary>
    /// <exception cref="OpenAiException">Nothing in the text can be spoken (400).</exception>
    public static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<AudioClip> clips, SpeechOrder order, SpeechFormat format, CancellationToken cancellationToken)
    {
        await using var clip = clips.GetAsyncEnumerator(cancellationToken);
        var any = await clip.MoveNextAsync();
        if (!any && order.Clause is null)
        {
            throw AudioStream.NothingToSay;
        }

        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        byte[] prefix = format == SpeechFormat.Wav ? WavWriter.Header(order.SampleRate, 1, dataBytes: null) : [];
        var samples = 0L;
        try
        {
            for (; any; any = await clip.MoveNextAsync())
            {
                byte[] bytes = [.. prefix, .. Pcm16.ToBytes(clip.Current.Samples)];
                (prefix, samples) = ([], samples + clip.Current.Samples.Length);
                await SendAsync(response, new AudioDelta(Convert.ToBase64String(bytes)), cancellationToken);
            }
        }
        catch (SpeechException exception)
        {
            await SendAsync(response, new StreamError(new OpenAiError(exception.Message, "server_error", Code: "speech_failed")), cancellationToken);
            return;
        }

        await SendAsync(response, new AudioDone(Usage.Of(order, samples)), cancellationToken);
    }

    private static async Task SendAsync<T>(HttpResponse response, T message, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"data: {JsonSerializer.Serialize(message, Json)}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private sealed record AudioDelta([property: JsonPropertyName("audio")] string Audio)
    {
        [JsonPropertyName("type"), JsonPropertyOrder(-1)]
        public string Type { get; } = "speech.audio.delta";
    }

    private sealed record AudioDone([property: JsonPropertyName("usage")] Usage Usage)
    {
        [JsonPropertyName("type"), JsonPropertyOrder(-1)]
        public string Type { get; } = "speech.audio.done";
    }

    private sealed record StreamError([property: JsonPropertyName("error")] OpenAiError Error)
    {
        [JsonPropertyName("type"), JsonPropertyOrder(-1)]
        public string Type { get; } = "error";
    }

    /// <summary>There are no tokens here: characters stand for the input's, and 20 a second, OpenAI's rate, for the audio's.</summary>
    private sealed record Usage(
        [property: JsonPropertyName("input_tokens")] int InputTokens,
        [property: JsonPropertyName("output_tokens")] int OutputTokens,
        [property: JsonPropertyName("total_tokens")] int TotalTokens)
    {
        private const int CharactersPerToken = 4;
        private const int TokensPerSecond = 20;

        public static Usage Of(SpeechOrder order, long samples)
        {
            var input = (order.Input.Length + CharactersPerToken - 1) / CharactersPerToken;
            var output = (int)Math.Ceiling((double)samples * TokensPerSecond / order.SampleRate);
            return new Usage(input, output, input + output);
        }
    }
}
