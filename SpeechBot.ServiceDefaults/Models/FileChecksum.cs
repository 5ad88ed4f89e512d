using System.Security.Cryptography;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>What a file's content is known by.</summary>
/// <param name="Kind">SHA-256, or MD5 where a publisher states nothing better.</param>
/// <param name="Digits">The checksum in hexadecimal digits.</param>
internal sealed record FileChecksum(HashAlgorithmName Kind, string Digits)
{
    /// <summary>Whether the whole content of a file has this checksum.</summary>
    public async Task<bool> HoldsAsync(Stream file, CancellationToken cancellationToken)
    {
        file.Seek(0, SeekOrigin.Begin);
        var hash = Kind == HashAlgorithmName.MD5 ? await MD5.HashDataAsync(file, cancellationToken) : await SHA256.HashDataAsync(file, cancellationToken);
        return string.Equals(Convert.ToHexString(hash), Digits, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind.Name} {Digits}";
}
