using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SpeechBot.AppHost.Lan;

/// <summary>What other devices of the network can call this machine.</summary>
public static class LanHosts
{
    /// <summary>Its addresses, those that lead to a router first (not a virtual machine's or a container's), then its name.</summary>
    public static IReadOnlyList<string> Find()
    {
        var addresses =
            from card in NetworkInterface.GetAllNetworkInterfaces()
            where card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
            let properties = card.GetIPProperties()
            orderby properties.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any)) descending
            from address in properties.UnicastAddresses
            where address.Address.AddressFamily == AddressFamily.InterNetwork
            select address.Address.ToString();
        var name = Dns.GetHostName().ToLowerInvariant();
        return [.. addresses, name, .. name.Contains('.', StringComparison.Ordinal) ? Array.Empty<string>() : [$"{name}.local"]];
    }
}
