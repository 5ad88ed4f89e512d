using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Security;

namespace SpeechBot.Web.Clients;

/// <summary>The models that the brain's server lists.</summary>
public sealed class BrainCatalogClient(HttpClient http, IOptions<BrainOptions> options, IOptions<ApiKeyOptions> keys)
{
    /// <summary>The configured model, or the first that the server lists; null if it lists none.</summary>
    /// <exception cref="HttpRequestException">The server is away or refused.</exception>
    public async Task<string?> FindModelAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Model is { Length: > 0 } configured)
        {
            return configured;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{options.Value.Address.AbsoluteUri.TrimEnd('/')}/models"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.KeyAmong(keys.Value));
        using var response = await http.SendAsync(request, cancellationToken);
        await ServiceReply.EnsureSuccessAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<ModelList>(cancellationToken))?.Data.FirstOrDefault()?.Id;
    }

    private sealed record ModelList([property: JsonPropertyName("data")] IReadOnlyList<ModelEntry> Data);

    private sealed record ModelEntry([property: JsonPropertyName("id")] string Id);
}
