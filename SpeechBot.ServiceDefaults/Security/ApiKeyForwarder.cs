using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace SpeechBot.ServiceDefaults.Security;

/// <summary>Sends the shared key along from one service of ours to another.</summary>
public sealed class ApiKeyForwarder(IOptions<ApiKeyOptions> options) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null && options.Value.Key is { Length: > 0 } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
