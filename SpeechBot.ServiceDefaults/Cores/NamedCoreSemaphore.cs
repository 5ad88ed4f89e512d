using System.Runtime.Versioning;

namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>
/// Core tokens as named Windows semaphores. Whoever waits for some holds the gate meanwhile, so that nobody else gets in before.
/// Windows does not give back what a killed process held until the last process is gone; <see cref="CoreLeaseOptions.Patience"/> covers that.
/// </summary>
internal sealed class NamedCoreSemaphore : ICoreSemaphore
{
    private readonly Semaphore _gate;
    private readonly Semaphore _free;

    [SupportedOSPlatform("windows")]
    public NamedCoreSemaphore(string name, int tokens)
    {
        Tokens = tokens;
        _gate = new Semaphore(1, 1, $"Local\\{name}.gate");
        _free = new Semaphore(tokens, tokens, $"Local\\{name}.cores");
    }

    public int Tokens { get; }

    public bool TryTake(bool all) => Take(all ? Tokens : 1, TimeSpan.Zero, CancellationToken.None);

    public bool TakeOne(TimeSpan patience, CancellationToken cancellationToken) => Take(1, patience, cancellationToken);

    public int TakeSome(TimeSpan patience, CancellationToken cancellationToken)
    {
        var ahead = _gate.WaitOne(TimeSpan.Zero);
        try
        {
            var taken = Wait(_free, patience, cancellationToken) ? 1 : 0;
            while (taken > 0 && taken < Tokens && _free.WaitOne(TimeSpan.Zero))
            {
                taken++;
            }

            return taken;
        }
        finally
        {
            if (ahead)
            {
                _gate.Release();
            }
        }
    }

    public void Release(int tokens) => _free.Release(tokens);

    public void Dispose()
    {
        _gate.Dispose();
        _free.Dispose();
    }

    private bool Take(int wanted, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!Wait(_gate, patience, cancellationToken))
        {
            return false;
        }

        try
        {
            for (var taken = 0; taken < wanted; taken++)
            {
                if (!Wait(_free, patience, cancellationToken))
                {
                    if (taken > 0)
                    {
                        Release(taken);
                    }

                    return false;
                }
            }

            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static bool Wait(Semaphore semaphore, TimeSpan patience, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? WaitHandle.WaitAny([semaphore, cancellationToken.WaitHandle], patience) == 0
            : semaphore.WaitOne(patience);
}
