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

    /// <summary>Gives back all but one, where the rest of the work has time.</summary>
    public void KeepOne()
    {
        if (_release is { } release && Count > 1)
        {
            var spare = Count - 1;
            Count = 1;
            release(spare);
        }
    }

    /// <summary>Gives them back; a second time does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke(Count);
}
