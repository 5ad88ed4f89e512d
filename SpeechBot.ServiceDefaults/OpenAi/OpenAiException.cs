namespace SpeechBot.ServiceDefaults.OpenAi;

/// <summary>
/// A request that cannot be served, to be answered as OpenAI's error object. The message tells what was sent, what is allowed and what to do.
/// </summary>
/// <param name="message">One or two sentences for the person who sent the request.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="param">The parameter at fault, if there is one.</param>
/// <param name="code">A word that a program can tell the case by, such as <c>model_not_found</c>.</param>
/// <param name="type">OpenAI's family of errors.</param>
public sealed class OpenAiException(
    string message, int status = 400, string? param = null, string? code = null, string type = "invalid_request_error") : Exception(message)
{
    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; } = status;

    /// <summary>When set, how long to wait before the next try; sent as <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The error as it goes over the wire.</summary>
    public OpenAiError Error { get; } = new(message, type, param, code);
}
