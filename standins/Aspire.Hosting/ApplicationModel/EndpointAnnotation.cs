using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address on which a resource listens.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    /// <summary>Describes an endpoint; what is left out follows from the rest.</summary>
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? (protocol == ProtocolType.Udp ? "udp" : "tcp");
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : "tcp");
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
    }

    /// <summary>Name, unique in the resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>Scheme of its address.</summary>
    public string UriScheme { get; set; }

    /// <summary>http, http2 or tcp.</summary>
    public string Transport { get; set; }

    /// <summary>Port that others use; null means any.</summary>
    public int? Port { get; set; }

    /// <summary>Port on which the resource itself listens; null means any.</summary>
    public int? TargetPort { get; set; }

    /// <summary>Host on which the resource listens.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>True when it is meant for the outside.</summary>
    public bool IsExternal { get; set; }

    /// <summary>True when the orchestrator may stand between; this one never does.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Where it really is, once that is known.</summary>
    public AllocatedEndpoint? AllocatedEndpoint { get; set; }
}

/// <summary>Where an endpoint really is.</summary>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    /// <summary>The description.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>Host.</summary>
    public string Address { get; } = address;

    /// <summary>Port.</summary>
    public int Port { get; } = port;

    /// <summary>What a container or orchestrator writes in the place of the port on which the resource itself listens.</summary>
    public string? TargetPortExpression { get; } = targetPortExpression;

    /// <summary>Scheme, host and port.</summary>
    public string UriString => $"{Endpoint.UriScheme}://{Address}:{Port}";
}
