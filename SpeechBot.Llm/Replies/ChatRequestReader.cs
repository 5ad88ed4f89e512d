using System.Globalization;
using System.Text.Json;
using LLama.Native;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Replies;

/// <summary>A body in, a checked <see cref="ReplyRequest"/> out, or an error that says what was sent and what is allowed.</summary>
internal sealed partial class ChatRequestReader(IOptions<ReplyOptions> options)
{
    private const int MaxStops = 4;
    private const int MaxKeyLength = 200;

    private readonly ReplyOptions _options = options.Value;

    /// <param name="body">What was sent.</param>
    /// <param name="model">The model that will answer.</param>
    /// <param name="answers">Whether it answers to the name in the body.</param>
    /// <exception cref="OpenAiException">Something about the request cannot be served.</exception>
    public ReplyRequest Read(ChatRequest? body, LlamaModel model, Func<string, LlamaModel, bool> answers)
    {
        if (body is null)
        {
            throw new OpenAiException("The body is empty. Send JSON with at least 'messages'.", code: "invalid_json");
        }

        if (!string.IsNullOrEmpty(body.Model) && !answers(body.Model, model))
        {
            throw ModelListApi.NotFound(body.Model, [model.Id]);
        }

        RefuseUnsupported(body);
        var turns = Turns(body.Messages);
        var sampling = new SamplingSettings(
            InRange(body.Temperature, 0, 2, "temperature") ?? _options.Temperature,
            InRange(body.TopP, 0.0001f, 1, "top_p") ?? _options.TopP,
            InRange(body.RepeatPenalty, 1, 2, "repeat_penalty") ?? _options.RepeatPenalty,
            InRange(body.FrequencyPenalty, -2, 2, "frequency_penalty") ?? 0,
            InRange(body.PresencePenalty, -2, 2, "presence_penalty") ?? 0,
            body.Seed,
            Biases(body.LogitBias, model));
        return new ReplyRequest(turns, MaxTokens(body), sampling, Stops(body.Stop), Key(body.PromptCacheKey)) { Fresh = body.CachePrompt is false };
    }

    private int MaxTokens(ChatRequest body)
    {
        var (value, name) = body.MaxCompletionTokens is { } newer ? (newer, "max_completion_tokens") : (body.MaxTokens ?? _options.MaxTokens, "max_tokens");
        return value < 0
            ? throw Invalid($"{name} is {value}. It is the most tokens of the reply: 1 or more, or 0 to only read the messages into the cache.", name)
            : value;
    }

    private static float? InRange(float? value, float from, float to, string name) => value switch
    {
        null => null,
        { } number when number >= from && number <= to => number,
        { } number => throw Invalid(string.Create(CultureInfo.InvariantCulture, $"{name} is {number}; it goes from {from} to {to}."), name),
    };

    private static string? Key(string? key) => key switch
    {
        null or "" => null,
        { Length: > MaxKeyLength } => throw Invalid($"prompt_cache_key has {key.Length} characters; at most {MaxKeyLength} are allowed.", "prompt_cache_key"),
        _ => key,
    };

    private static IReadOnlyList<string> Stops(JsonElement? stop)
    {
        IReadOnlyList<string?> stops = stop switch
        {
            null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => [],
            { ValueKind: JsonValueKind.String } text => [text.GetString()],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null)],
            _ => [null],
        };
        return stops.Count <= MaxStops && stops.All(text => !string.IsNullOrEmpty(text))
            ? [.. stops.OfType<string>()]
            : throw Invalid($"stop takes a text, or one to {MaxStops} texts; none of them may be empty.", "stop");
    }

    private static Dictionary<LLamaToken, float>? Biases(IReadOnlyDictionary<string, float>? biases, LlamaModel model)
    {
        if (biases is null or { Count: 0 })
        {
            return null;
        }

        var result = new Dictionary<LLamaToken, float>();
        foreach (var (key, bias) in biases)
        {
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var token) || token >= model.Vocab.Count || bias is not (>= -100 and <= 100))
            {
                throw Invalid($"logit_bias takes token ids from 0 to {model.Vocab.Count - 1} with numbers from -100 to 100.", "logit_bias");
            }

            result[token] = bias;
        }

        return result;
    }

    private static void RefuseUnsupported(ChatRequest body)
    {
        if (body.N is { } n and not 1)
        {
            throw Invalid($"n is {n}. Only one reply at a time is written here; send the request {(n > 1 ? "several times" : "with n = 1")}.", "n");
        }

        if (HasItems(body.Tools) || HasItems(body.Functions))
        {
            throw Invalid("Tools are not supported: this service writes text only. Leave 'tools' and 'functions' out, or point Llm:BaseAddress at a server that calls tools.", "tools", "unsupported_parameter");
        }

        if (body.ResponseFormat is { ValueKind: JsonValueKind.Object } format && (!format.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "text"))
        {
            throw Invalid("response_format takes {\"type\":\"text\"} only. Ask for JSON in the system prompt instead.", "response_format", "unsupported_parameter");
        }

        if (body.LogProbs is true)
        {
            throw Invalid("logprobs are not supported. Leave the parameter out.", "logprobs", "unsupported_parameter");
        }
    }

    private static bool HasItems(JsonElement? element) => element is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;

    private static OpenAiException Invalid(string message, string param, string code = "invalid_value") => new(message, param: param, code: code);
}
