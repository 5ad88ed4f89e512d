namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from outside: from configuration (Parameters:name) or from a callback.</summary>
public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IExpressionValue
{
    private readonly Lock _lock = new();
    private string? _value;

    /// <summary>True when the value must not be shown.</summary>
    public bool Secret { get; } = secret;

    /// <summary>Where the value comes from when nobody gives one, or null.</summary>
    public ParameterDefault? Default { get; set; }

    /// <inheritdoc />
    public string ValueExpression => $"{{{Name}.value}}";

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<string?>(_value ??= callback(Default));
        }
    }
}

/// <summary>Where a parameter's value comes from when nobody gives one.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();

    /// <summary>Writes into the manifest how to make the value.</summary>
    public abstract void WriteToManifest(Publishing.ManifestPublishingContext context);
}
