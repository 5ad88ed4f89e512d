using System.Text.Json;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Web.Clients;

/// <summary>Reads the error object out of a service's refusal, so that its advice reaches the person.</summary>
internal static class ServiceReply
{
    internal static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        throw new HttpRequestException(await MessageOfAsync(response, cancellationToken), null, response.StatusCode);
    }

    private static async Task<string> MessageOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize<OpenAiErrorEnvelope>(body)?.Error is { Message: { Length: > 0 } message })
            {
                return message;
            }
        }
        catch (JsonException)
        {
            // Not one of ours: the status has to do.
        }

        return $"it answered {(int)response.StatusCode} {response.ReasonPhrase}.";
    }
}
