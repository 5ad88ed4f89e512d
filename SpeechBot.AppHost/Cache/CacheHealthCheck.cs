using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SpeechBot.AppHost.Cache;

/// <summary>Asks the embedded cache for a PONG.</summary>
public sealed class CacheHealthCheck(EmbeddedCacheResource cache) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(cache.Endpoint.Host, cache.Endpoint.Port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Command("AUTH", await cache.Password.GetValueAsync(cancellationToken) ?? "") + Command("PING")), cancellationToken);
            using var reader = new StreamReader(stream);
            var signedIn = await reader.ReadLineAsync(cancellationToken);
            var answer = await reader.ReadLineAsync(cancellationToken);
            return answer == "+PONG" ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The cache answers '{signedIn}' and '{answer}'.");
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy($"The cache does not answer: {failure.Message}");
        }
    }

    /// <summary>A command as Redis clients write it; Garnet does not take the short form that Redis has for people.</summary>
    private static string Command(params string[] parts) => $"*{parts.Length}\r\n{string.Concat(parts.Select(part => $"${part.Length}\r\n{part}\r\n"))}";
}
