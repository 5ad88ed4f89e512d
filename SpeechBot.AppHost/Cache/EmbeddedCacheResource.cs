namespace SpeechBot.AppHost.Cache;

/// <summary>Garnet as a process of its own: this assembly, started with the argument "cache".</summary>
public sealed class EmbeddedCacheResource(string name, ParameterResource password)
    : ExecutableResource(name, "dotnet", AppContext.BaseDirectory), IResourceWithConnectionString
{
    /// <summary>Name of the endpoint on which it listens.</summary>
    public const string EndpointName = "tcp";

    /// <summary>Where it listens.</summary>
    public EndpointReference Endpoint => new(this, EndpointName);

    /// <summary>Its password.</summary>
    public ParameterResource Password { get; } = password;

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"{Endpoint.Property(EndpointProperty.Host)}:{Endpoint.Property(EndpointProperty.Port)},password={Password}");
}
