using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using SpeechBot.ServiceDefaults.Text;

namespace SpeechBot.Web.Clients;

/// <summary>A clause → PCM16 at 24 kHz while it is made, by the voice's <c>/v1/audio/speech</c>; and the voices that there are.</summary>
public sealed class SpeechClient(HttpClient http, StageGuard guard)
{
    /// <summary>Samples a second of what is returned: OpenAI's <c>pcm</c> format.</summary>
    public const int SampleRate = 24_000;

    private const string Model = "tts-1";

    // A name that every server of this API knows; ours takes it as "your own choice".
    private const string AnyVoice = "alloy";

    private const int PieceBytes = SampleRate / 10 * sizeof(short);

    /// <summary>Speaks a clause of an answer. The pieces hold whole samples and at most 100 ms each.</summary>
    /// <exception cref="StageException">The voice is away, too slow, or refused.</exception>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> SpeakAsync(Clause clause, string? voice, double speed, CancellationToken cancellationToken = default) =>
        guard.StreamAsync(Stage.Voice, StreamAsync(new SpeechRequest(Model, clause.Text, voice ?? AnyVoice, "pcm", speed, new ClauseHint(clause.IsCut, clause.Index))), cancellationToken);

    /// <summary>Lists the voices.</summary>
    /// <exception cref="HttpRequestException">The voice is away.</exception>
    public async Task<IReadOnlyList<VoiceEntry>> ListVoicesAsync(CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<VoiceList>("/v1/voices", cancellationToken))?.Voices ?? [];

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> StreamAsync(SpeechRequest speech, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/speech") { Content = JsonContent.Create(speech) };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ServiceReply.EnsureSuccessAsync(response, cancellationToken);
        await using var audio = await response.Content.ReadAsStreamAsync(cancellationToken);

        var buffer = new byte[PieceBytes];
        var held = 0;
        while (await audio.ReadAsync(buffer.AsMemory(held), cancellationToken) is > 0 and var read)
        {
            var length = held + read;
            held = length % sizeof(short);
            if (length > held)
            {
                yield return buffer.AsSpan(0, length - held).ToArray();
            }

            // A network read may end in the middle of a sample: its first byte waits for its second.
            buffer[0] = buffer[length - 1];
        }
    }

    private sealed record SpeechRequest(
        [property: JsonPropertyName("model")] string Model,
        [property: JsonPropertyName("input")] string Input,
        [property: JsonPropertyName("voice")] string Voice,
        [property: JsonPropertyName("response_format")] string ResponseFormat,
        [property: JsonPropertyName("speed")] double Speed,
        [property: JsonPropertyName("speechbot")] ClauseHint Speechbot);

    /// <summary>An extension of the bundled voice, which others ignore: the sentence goes on after this text, and which piece of the answer it is.</summary>
    private sealed record ClauseHint([property: JsonPropertyName("clause")] bool GoesOn, [property: JsonPropertyName("index")] int Index);
}
