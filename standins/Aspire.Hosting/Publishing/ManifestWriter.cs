using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// Writes the model in Aspire's manifest format: the resources in the order of the model, then the parameters that only others
/// name, then values that depend on a condition.
/// </summary>
internal sealed class ManifestWriter(ManifestPublishingContext context)
{
    private readonly Utf8JsonWriter _writer = context.Writer;
    private readonly List<IResource> _named = [];
    private readonly Dictionary<string, string> _conditional = [];

    public async Task WriteAsync(DistributedApplicationModel model)
    {
        _writer.WriteStartObject();
        _writer.WriteStartObject("resources");
        foreach (var resource in model.Resources)
        {
            await WriteAsync(resource).ConfigureAwait(false);
        }

        foreach (var resource in _named.Distinct().Except(model.Resources).ToArray())
        {
            await WriteAsync(resource).ConfigureAwait(false);
        }

        foreach (var (name, value) in _conditional)
        {
            _writer.WriteStartObject(name);
            _writer.WriteString("type", "value.v0");
            _writer.WriteString("connectionString", value);
            _writer.WriteEndObject();
        }

        _writer.WriteEndObject();
        _writer.WriteEndObject();
        await _writer.FlushAsync(context.CancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(IResource resource)
    {
        if (resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var own))
        {
            if (own.Callback is not null)
            {
                _writer.WriteStartObject(resource.Name);
                await own.Callback(context).ConfigureAwait(false);
                _writer.WriteEndObject();
            }

            return;
        }

        _writer.WriteStartObject(resource.Name);
        switch (resource)
        {
            case ProjectResource:
                _writer.WriteString("type", "project.v0");
                _writer.WriteString("path", context.GetManifestRelativePath(resource.Annotations.OfType<IProjectMetadata>().Last().ProjectPath));
                await WriteArgumentsAsync(resource).ConfigureAwait(false);
                await WriteEnvironmentAsync(resource).ConfigureAwait(false);
                WriteBindings(resource);
                break;
            case ContainerResource container:
                await WriteContainerAsync(container).ConfigureAwait(false);
                break;
            case ParameterResource parameter:
                WriteParameter(parameter);
                break;
            default:
                _writer.WriteString("error", "This resource does not support generation in the manifest.");
                break;
        }

        _writer.WriteEndObject();
    }

    private async Task WriteContainerAsync(ContainerResource container)
    {
        _writer.WriteString("type", "container.v0");
        if (container is IResourceWithConnectionString reached)
        {
            Note(reached.ConnectionStringExpression);
            _writer.WriteString("connectionString", reached.ConnectionStringExpression.ValueExpression);
        }

        _writer.WriteString("image", ContainerCommand.Image(container));
        if (container.Entrypoint is { } entrypoint)
        {
            _writer.WriteString("entrypoint", entrypoint);
        }

        await WriteArgumentsAsync(container).ConfigureAwait(false);
        var volumes = container.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.Volume).ToArray();
        if (volumes.Length > 0)
        {
            _writer.WriteStartArray("volumes");
            foreach (var volume in volumes)
            {
                _writer.WriteStartObject();
                _writer.WriteString("name", volume.Source);
                _writer.WriteString("target", volume.Target);
                _writer.WriteBoolean("readOnly", volume.IsReadOnly);
                _writer.WriteEndObject();
            }

            _writer.WriteEndArray();
        }

        await WriteEnvironmentAsync(container).ConfigureAwait(false);
        WriteBindings(container);
    }

    private void WriteParameter(ParameterResource parameter)
    {
        _writer.WriteString("type", "parameter.v0");
        _writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        _writer.WriteStartObject("inputs");
        _writer.WriteStartObject("value");
        _writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            _writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } generated)
        {
            _writer.WriteStartObject("default");
            generated.WriteToManifest(context);
            _writer.WriteEndObject();
        }

        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private async Task WriteArgumentsAsync(IResource resource)
    {
        var arguments = await resource.GetArgumentsAsync(context.ExecutionContext, context.CancellationToken).ConfigureAwait(false);
        if (arguments.Count == 0)
        {
            return;
        }

        _writer.WriteStartArray("args");
        foreach (var argument in arguments)
        {
            _writer.WriteStringValue(Expression(argument));
        }

        _writer.WriteEndArray();
    }

    private async Task WriteEnvironmentAsync(IResource resource)
    {
        var variables = await resource.GetEnvironmentAsync(context.ExecutionContext, context.CancellationToken).ConfigureAwait(false);
        if (variables.Count == 0)
        {
            return;
        }

        _writer.WriteStartObject("env");
        foreach (var (name, value) in variables)
        {
            _writer.WriteString(name, Expression(value));
        }

        _writer.WriteEndObject();
    }

    private void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        if (endpoints.Length == 0)
        {
            return;
        }

        _writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            _writer.WriteStartObject(endpoint.Name);
            _writer.WriteString("scheme", endpoint.UriScheme);
            _writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            _writer.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != endpoint.TargetPort)
            {
                _writer.WriteNumber("port", port);
            }

            if (endpoint.TargetPort is { } targetPort)
            {
                _writer.WriteNumber("targetPort", targetPort);
            }

            if (endpoint.IsExternal)
            {
                _writer.WriteBoolean("external", true);
            }

            _writer.WriteEndObject();
        }

        _writer.WriteEndObject();
    }

    private string Expression(object value)
    {
        Note(value);
        return value is IManifestExpressionProvider provider ? provider.ValueExpression : value.ToString() ?? "";
    }

    private void Note(object value)
    {
        switch (value)
        {
            case TlsSuffix suffix:
                _conditional[suffix.Name] = suffix.Value;
                break;
            case ParameterResource parameter:
                _named.Add(parameter);
                break;
            case IValueWithReferences references:
                foreach (var reference in references.References.Where(r => r is not EndpointReference))
                {
                    Note(reference);
                }

                break;
        }
    }
}
