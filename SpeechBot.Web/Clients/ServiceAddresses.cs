using System.Net;
using Microsoft.Extensions.ServiceDiscovery;

namespace SpeechBot.Web.Clients;

/// <summary>A service's name → its address, for what does not go through an HTTP client.</summary>
public sealed class ServiceAddresses(ServiceEndpointResolver discovery)
{
    /// <summary>The first address of a service; its name itself where discovery knows nothing better.</summary>
    public async Task<Uri> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await discovery.GetEndpointsAsync($"http://{name}", cancellationToken);
        return found.Endpoints is [var first, ..] ? first.EndPoint switch
        {
            UriEndPoint endpoint => endpoint.Uri,
            DnsEndPoint { Port: > 0 } endpoint => new Uri($"http://{endpoint.Host}:{endpoint.Port}"),
            IPEndPoint endpoint => new Uri($"http://{endpoint}"),
            _ => new Uri($"http://{name}"),
        }
        : new Uri($"http://{name}");
    }
}
