using System.IO.Hashing;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The end of a Redis connection string, which is ",ssl=true" where Aspire gives the server a certificate; here it never does.</summary>
internal sealed class TlsSuffix(string resource) : IExpressionValue
{
    /// <summary>Named as Aspire names a value that depends on a condition: by the condition and a hash of it and both outcomes.</summary>
    public string Name { get; } = $"cond-{resource}-bindings-tcp-tlsenabled-{Hash($"{{{resource}.bindings.tcp.tlsEnabled}}", ",ssl=true", "", bool.TrueString)}";

    public string Value => "";

    public string ValueExpression => $"{{{Name}.connectionString}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(Value);

    private static string Hash(params string[] parts) => Convert.ToHexStringLower(XxHash32.Hash(Encoding.UTF8.GetBytes(string.Concat(parts))));
}
