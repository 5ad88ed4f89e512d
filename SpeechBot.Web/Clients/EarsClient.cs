using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Security;

namespace SpeechBot.Web.Clients;

/// <summary>Connects to the listening side of the ears, <c>GET /v1/realtime?intent=transcription</c>.</summary>
public sealed class EarsClient(ServiceAddresses addresses, IOptions<ApiKeyOptions> keys)
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="WebSocketException">The ears are away, or take no more listeners.</exception>
    public async Task<EarsConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var address = new UriBuilder(await addresses.FindAsync("stt", cancellationToken)) { Path = "/v1/realtime", Query = "intent=transcription" };
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        var socket = new ClientWebSocket();
        try
        {
            if (keys.Value.Key is { Length: > 0 } key)
            {
                socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
            }

            await socket.ConnectAsync(address.Uri, cancellationToken);
            return new EarsConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
