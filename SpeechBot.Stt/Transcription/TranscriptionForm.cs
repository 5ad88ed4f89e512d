using System.Globalization;
using Microsoft.Extensions.Primitives;
using SpeechBot.ServiceDefaults.OpenAi;
using Whisper.net;

namespace SpeechBot.Stt.Transcription;

/// <summary>Reads and checks the fields of an upload. Everything that is wrong is said as OpenAI's error, with what would be right.</summary>
internal static class TranscriptionForm
{
    public const int LongestPrompt = 4_000;
    private static readonly Dictionary<string, TranscriptFormat> Formats = new(StringComparer.Ordinal)
    {
        ["json"] = TranscriptFormat.Json,
        ["text"] = TranscriptFormat.Text,
        ["verbose_json"] = TranscriptFormat.VerboseJson,
        ["srt"] = TranscriptFormat.Srt,
        ["vtt"] = TranscriptFormat.Vtt,
    };

    public static TranscriptionUpload Read(IFormCollection form, WhisperModel model, TranscriptionOptions options)
    {
        CheckModel(form["model"], model);
        var format = ReadFormat(form["response_format"]);
        var (segments, words) = ReadGranularities(StringValues.Concat(form["timestamp_granularities[]"], form["timestamp_granularities"]), format);
        var stream = ReadStream(form["stream"], format);
        var request = new TranscriptionRequest(UploadedAudio.Read(form, options))
        {
            Language = ReadLanguage(form["language"], model),
            Prompt = ReadPrompt(form["prompt"]),
            Temperature = ReadTemperature(form["temperature"]),
            Segments = format is TranscriptFormat.VerboseJson or TranscriptFormat.Srt or TranscriptFormat.Vtt,
            Words = words,
        };
        return new TranscriptionUpload(request, format, stream, segments, words);
    }

    public static OpenAiException TooLarge(long? bytes, TranscriptionOptions options) => new(
        $"The upload is {(bytes is { } known ? $"{known / 1_048_576.0:0.0} MB" : "too large")}; at most {options.MaxFileBytes / 1_048_576.0:0.#} MB are taken. Send 16 kHz mono, which is as good to the model, or cut the recording into parts.",
        413, "file", "file_too_large");

    private static void CheckModel(string? name, WhisperModel model)
    {
        if (!string.IsNullOrEmpty(name) && model.Cards.All(card => card.Id != name))
        {
            throw ModelListApi.NotFound(name, model.Cards.Select(card => card.Id));
        }
    }

    private static TranscriptFormat ReadFormat(string? value) =>
        string.IsNullOrEmpty(value) ? TranscriptFormat.Json
        : Formats.TryGetValue(value, out var format) ? format
        : throw Invalid("response_format", value, $"one of {string.Join(", ", Formats.Keys)}");

    private static bool ReadStream(string? value, TranscriptFormat format)
    {
        if (string.IsNullOrEmpty(value) || string.Equals(value, "false", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (!string.Equals(value, "true", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("stream", value, "true or false");
        }

        return format is TranscriptFormat.Json or TranscriptFormat.Text
            ? true
            : throw new OpenAiException("stream=true sends text as it comes and goes with response_format json or text only.", param: "stream", code: "invalid_value");
    }

    private static (bool Segments, bool Words) ReadGranularities(StringValues values, TranscriptFormat format)
    {
        var named = values.Where(value => !string.IsNullOrEmpty(value)).ToArray();
        if (named.FirstOrDefault(value => value is not ("word" or "segment")) is { } unknown)
        {
            throw Invalid("timestamp_granularities[]", unknown, "word, segment or both");
        }

        if (named.Length > 0 && format != TranscriptFormat.VerboseJson)
        {
            throw new OpenAiException("timestamp_granularities[] goes with response_format=verbose_json only.", param: "timestamp_granularities[]", code: "invalid_value");
        }

        return (named.Length == 0 || named.Contains("segment"), named.Contains("word"));
    }

    private static string? ReadLanguage(string? value, WhisperModel model)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var language = value.Trim().Split('-', '_')[0].ToLowerInvariant();
        if (!model.IsMultilingual)
        {
            return language is "en" or "english"
                ? "en"
                : throw new OpenAiException($"The model {model.Card.Id} understands English only, and language is '{value}'. Leave language out, or set Stt:ModelPath to a multilingual model.", param: "language", code: "unsupported_language");
        }

        return WhisperFactory.GetSupportedLanguages().Contains(language)
            ? language
            : throw new OpenAiException($"language is '{value}', which this model does not know. Use two letters such as en, de or fr, or leave it out to have it found out.", param: "language", code: "unsupported_language");
    }

    private static string? ReadPrompt(string? value) => value is { Length: > LongestPrompt }
        ? throw new OpenAiException($"prompt has {value.Length} characters; at most {LongestPrompt} are taken.", param: "prompt", code: "string_above_max_length")
        : value;

    private static float ReadTemperature(string? value) =>
        string.IsNullOrEmpty(value) ? 0
        : float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var temperature) && temperature is >= 0 and <= 1 ? temperature
        : throw Invalid("temperature", value, "a number from 0 to 1");

    private static OpenAiException Invalid(string param, string value, string allowed)
    {
        var shown = value.Length > 100 ? value[..100] + "…" : value;
        return new OpenAiException($"{param} is '{shown}'; use {allowed}.", param: param, code: "invalid_value");
    }
}
