namespace SpeechBot.AppHost.Restart;

/// <summary>
/// What is remembered about one resource: snapshots in → whether it has just crashed. An end that somebody asked for, or one
/// with exit code 0, is no crash.
/// </summary>
public sealed class RestartRecord
{
    private bool _askedToStop;
    private bool _running;

    /// <summary>How many restarts in a row did not help.</summary>
    public int Tries { get; private set; }

    /// <summary>Takes note of a snapshot; true when it is the first that shows a crash.</summary>
    public bool HasCrashed(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text;
        if (state == KnownResourceStates.Running)
        {
            _running = true;
            _askedToStop = false;
            return false;
        }

        if (state == KnownResourceStates.Stopping)
        {
            _askedToStop = true;
            return false;
        }

        var ended = _running && (state == KnownResourceStates.Finished || state == KnownResourceStates.Exited);
        if (!ended)
        {
            return false;
        }

        _running = false;
        return !_askedToStop && snapshot.ExitCode is not 0;
    }

    /// <summary>Counts a restart; after a long time without a crash the count begins anew.</summary>
    public void Count(TimeSpan ranFor, TimeSpan stableAfter) => Tries = ranFor >= stableAfter ? 1 : Tries + 1;
}
