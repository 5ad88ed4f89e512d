using SpeechBot.ServiceDefaults.Cores;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// Whose clause is next. A request has one clause in the queue at a time, so that requests take turns clause by clause. First clauses have
/// a place of their own and never wait for later ones; later ones are made one after the other on one core, twenty times faster than they
/// are heard.
/// </summary>
public sealed class ClauseQueue : IDisposable
{
    private readonly SemaphoreSlim _urgent = new(1);
    private readonly SemaphoreSlim _patient = new(1);
    private readonly CoreLease _cores;
    private int _waiting;

    /// <param name="cores">What a clause needs beside its place.</param>
    public ClauseQueue(CoreLease cores)
    {
        _cores = cores;
        SpeechTelemetry.ShowQueue(() => Volatile.Read(ref _waiting));
    }

    /// <summary>Waits for a place, and for cores.</summary>
    /// <param name="urgent">The first clause of an answer.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Place> EnterAsync(bool urgent, CancellationToken cancellationToken)
    {
        var gate = urgent ? _urgent : _patient;
        Interlocked.Increment(ref _waiting);
        try
        {
            await gate.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            // The beginning of a clause takes little longer on one core: less than to wait until another is free.
            var cores = urgent ? await _cores.AcquireSomeAsync(cancellationToken) : await _cores.AcquireOneAsync(cancellationToken);
            return new Place(gate, cores, urgent && cores.Count == _cores.Tokens);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _urgent.Dispose();
        _patient.Dispose();
    }

    /// <summary>The right to make one clause; ends with Dispose.</summary>
    /// <param name="Gate">What to open again.</param>
    /// <param name="Cores">What to give back.</param>
    /// <param name="UseAllCores">The clause need not share the cores.</param>
    public sealed record Place(SemaphoreSlim Gate, CoreTokens Cores, bool UseAllCores) : IDisposable
    {
        /// <summary>Lets others have the cores that the rest of the clause can do without.</summary>
        public void KeepOneCore() => Cores.Keep(1);

        /// <inheritdoc/>
        public void Dispose()
        {
            Cores.Dispose();
            Gate.Release();
        }
    }
}
