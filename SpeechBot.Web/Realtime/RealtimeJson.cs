using System.Text.Json;
using System.Text.Json.Serialization;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Web.Realtime;

/// <summary>Events to and from JSON, in OpenAI's spelling.</summary>
internal static class RealtimeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static byte[] Write(object message) => JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), Options);

    /// <exception cref="OpenAiException">It is not the JSON that is wanted.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("null is not an event");
        }
        catch (JsonException problem)
        {
            throw new OpenAiException($"The event is not the JSON that is expected here: {problem.Message}", param: problem.Path, code: "invalid_json");
        }
    }
}
