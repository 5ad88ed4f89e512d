using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tts.Api;

/// <summary>What came over the wire → an order that can be carried out, or an error that says what to change.</summary>
internal static class SpeechRequestChecks
{
    private const double SlowestSpeed = 0.25;
    private const double FastestSpeed = 4;

    /// <summary>Checks a request.</summary>
    /// <exception cref="OpenAiException">Something in it cannot be done; the message names what can.</exception>
    public static SpeechOrder ToOrder(this SpeechRequest request, VoiceAliases aliases, IOptions<SpeechOptions> options)
    {
        var limit = options.Value.MaxInputCharacters;
        var input = request.Input ?? "";
        if (string.IsNullOrWhiteSpace(input))
        {
            throw Bad("input is empty. Send the text to speak.", "input");
        }

        if (input.Length > limit)
        {
            throw Bad($"input has {input.Length} characters; the limit is {limit}. Send the text in pieces, or raise Tts:MaxInputCharacters.", "input", "string_above_max_length");
        }

        var speed = request.Speed ?? 1;
        if (!(speed is >= SlowestSpeed and <= FastestSpeed))
        {
            throw Bad($"speed is {speed}; it can be {SlowestSpeed} to {FastestSpeed}.", "speed");
        }

        var rate = request.SampleRate ?? options.Value.SampleRate;
        if (rate is < SpeechOptionsValidator.LowestRate or > SpeechOptionsValidator.HighestRate)
        {
            throw Bad($"sample_rate is {rate}; it can be {SpeechOptionsValidator.LowestRate} to {SpeechOptionsValidator.HighestRate}.", "sample_rate");
        }

        aliases.CheckModel(request.Model);
        return new SpeechOrder(input, aliases.Find(request.Voice), speed, rate)
        {
            Clause = request.SpeechBot is { } hint ? new SpeechClause(input, Math.Max(0, hint.Index), hint.Clause, PauseAfter: true) : null,
        };
    }

    /// <summary>How the audio is to be packed.</summary>
    /// <exception cref="OpenAiException">It is a format that is not made here.</exception>
    public static SpeechFormat Format(this SpeechRequest request) => request.ResponseFormat switch
    {
        null or "" or "wav" => SpeechFormat.Wav,
        "pcm" => SpeechFormat.Pcm,
        var other => throw Bad($"response_format is '{other}'; it can be wav or pcm.", "response_format", "unsupported_format"),
    };

    /// <summary>Whether the audio is to come as server-sent events.</summary>
    /// <exception cref="OpenAiException">It is neither audio nor sse.</exception>
    public static bool WantsEvents(this SpeechRequest request) => request.StreamFormat switch
    {
        null or "" or "audio" => false,
        "sse" => true,
        var other => throw Bad($"stream_format is '{other}'; it can be audio or sse.", "stream_format"),
    };

    private static OpenAiException Bad(string message, string param, string code = "invalid_value") => new(message, param: param, code: code);
}
