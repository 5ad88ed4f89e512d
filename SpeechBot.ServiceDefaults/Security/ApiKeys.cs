using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SpeechBot.ServiceDefaults.Security;

/// <summary>Tells whose key it is.</summary>
public sealed class ApiKeys(IOptions<ApiKeyOptions> options)
{
    private readonly List<(byte[] Hash, string Owner)> _known = Load(options.Value);

    /// <summary>Whether there is any key, so that one is asked for.</summary>
    public bool Any => _known.Count > 0;

    /// <summary>The name of the person with this key; null when nobody has it.</summary>
    public string? OwnerOf(string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return null;
        }

        // Every key is compared, in constant time, so that the answer's delay tells nothing about any of them.
        var hash = Hash(key);
        string? owner = null;
        foreach (var known in _known)
        {
            if (CryptographicOperations.FixedTimeEquals(known.Hash, hash))
            {
                owner = known.Owner;
            }
        }

        return owner;
    }

    /// <summary>
    /// A mark of the person's keys, for a sign-in that is to end with them; null for somebody who has none (any more). It tells nothing about a key.
    /// </summary>
    public string? MarkOf(string owner)
    {
        byte[] keys = [.. _known.Where(known => known.Owner == owner).SelectMany(known => known.Hash)];
        return keys.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(keys));
    }

    private static List<(byte[], string)> Load(ApiKeyOptions options)
    {
        List<(byte[], string)> known = [];
        if (options.Key.Length > 0)
        {
            known.Add((Hash(options.Key), ApiKeyOptions.SharedOwner));
        }

        known.AddRange(options.Keys.Where(pair => pair.Value.Length > 0).Select(pair => (Hash(pair.Value), pair.Key)));
        return known;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
