using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using StackExchange.Redis;

namespace SpeechBot.Web.Keys;

/// <summary>
/// The keys that seal what the page hands to a browser and gets back later, in Redis: each replica of web opens what another one sealed, and
/// so does web after a restart. While Redis is away the page works all the same, with keys that are written when it is back.
/// </summary>
internal sealed class KeyRing : IXmlRepository
{
    /// <summary>A list of keys, each as XML. Not among the history's keys, which expire.</summary>
    internal const string Key = "speechbot-keys";

    private readonly Lock _lock = new();
    private readonly ILogger _logger;
    private readonly RedisXmlRepository _stored;
    private readonly List<(XElement Element, string Name)> _missed = [];
    private IReadOnlyCollection<XElement> _known = [];

    public KeyRing(IConnectionMultiplexer redis, ILogger<KeyRing> logger)
    {
        _logger = logger;
        _stored = new RedisXmlRepository(() => redis.GetDatabase(), Key);
        redis.ConnectionRestored += (_, _) => WriteMissed();
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            if (WriteMissed())
            {
                Try(() => _known = _stored.GetAllElements());
            }

            // A write whose confirmation was late is repeated: it may be there twice, and a key that is there twice opens nothing.
            return [.. _known.Concat(_missed.Select(missed => missed.Element)).Distinct(XNode.EqualityComparer).Cast<XElement>()];
        }
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            _missed.Add((element, friendlyName));
            WriteMissed();
        }
    }

    private bool WriteMissed()
    {
        lock (_lock)
        {
            while (_missed is [var (element, name), ..])
            {
                if (!Try(() => _stored.StoreElement(element, name)))
                {
                    return false;
                }

                _missed.RemoveAt(0);
            }

            return true;
        }
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            _logger.KeysAway(failure.Message);
            return false;
        }
    }
}
