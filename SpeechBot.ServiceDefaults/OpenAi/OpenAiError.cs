using System.Text.Json.Serialization;

namespace SpeechBot.ServiceDefaults.OpenAi;

/// <summary>OpenAI's error object, <c>{"error":{"message","type","param","code"}}</c> on the wire.</summary>
/// <param name="Message">What was wrong and what to do.</param>
/// <param name="Type">The family, such as <c>invalid_request_error</c>.</param>
/// <param name="Param">The parameter at fault, or null.</param>
/// <param name="Code">A word for programs, or null.</param>
public sealed record OpenAiError(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("param")] string? Param = null,
    [property: JsonPropertyName("code")] string? Code = null);

/// <summary>The envelope around <see cref="OpenAiError"/>.</summary>
/// <param name="Error">The error.</param>
public sealed record OpenAiErrorEnvelope([property: JsonPropertyName("error")] OpenAiError Error);
