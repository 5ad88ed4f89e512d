namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>Cores that were granted, given back by <see cref="Dispose"/>. The system takes them back when the process dies.</summary>
public sealed class CoreTokens : IDisposable
{
    private Action<int>? _release;

    internal CoreTokens(int count, TimeSpan waited, Action<int>? release) => (Count, Waited, _release) = (count, waited, release);

    /// <summary>How many tokens are held; 0 where the lease is off, or where waiting took too long.</summary>
    public int Count { get; private set; }

    /// <summary>How long it took to get them.</summary>
    public TimeSpan Waited { get; }

    /// <summary>Gives back all but so many, where the rest of the work needs no more.</summary>
    public void Keep(int count)
    {
        if (_release is { } release && Count > count)
        {
            var spare = Count - count;
            Count = count;
            release(spare);
        }
    }

    /// <summary>Gives them back; a second time does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke(Count);
}
