using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Gives every endpoint its port: the one that was asked for, else a free one.</summary>
internal static class EndpointAllocator
{
    public static void Allocate(IEnumerable<IResource> resources, bool randomizePorts)
    {
        // All held until the last is drawn, so that no two get the same.
        var held = new List<TcpListener>();
        foreach (var resource in resources)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                var wanted = resource is ContainerResource ? endpoint.Port : endpoint.Port ?? endpoint.TargetPort;
                var port = wanted is null || (randomizePorts && endpoint.IsProxied) ? Free(held) : wanted.Value;
                endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);
            }
        }

        held.ForEach(listener => listener.Dispose());
    }

    // Below the ports that systems draw for outgoing connections: one of those may take a port between its choice here and its use.
    private static int Free(List<TcpListener> held)
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                held.Add(listener);
                return port;
            }
            catch (SocketException)
            {
                listener.Dispose();
            }
        }
    }
}
