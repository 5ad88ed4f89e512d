using SpeechBot.Web.Clients;

namespace SpeechBot.Web.Conversations;

/// <summary>
/// Audio sent and positions reported → what has been heard of an answer. Between reports, and for a client that sends none, the
/// audio is taken to play on in real time from its release. Thread safe. Milliseconds are positions in the answer's audio.
/// </summary>
internal sealed class Playback(TimeProvider time)
{
    // A page that says nothing more this long after its answer must have ended has gone.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // How long a word takes, where a clause was stopped before its audio was complete.
    private const double WordMs = 300;

    private readonly Lock _sync = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SpokenClause> _clauses = [];
    private double _sent;
    private double _knownMs;
    private long? _knownAt;
    private long? _stoodAt;
    private bool _reported;
    private bool _held;
    private bool _clauseIsWhole;

    /// <summary>How much audio has been sent.</summary>
    internal double SentMs { get { lock (_sync) { return _sent; } } }

    /// <summary>How much has been heard, as far as is known.</summary>
    internal double PlayedMs { get { lock (_sync) { return Math.Min(Position(), _sent); } } }

    /// <summary>The clauses whose audio has been sent, at least in part.</summary>
    internal IReadOnlyList<SpokenClause> Clauses { get { lock (_sync) { return [.. _clauses]; } } }

    /// <summary>Timestamp of the last heard sample so far; null while nothing was heard.</summary>
    internal long? HeardUntil
    {
        get
        {
            lock (_sync)
            {
                // Held or ended, it stands where it was told to be last.
                return _knownAt is not { } at || _held ? _stoodAt
                    : at + (long)(Math.Max(0, Math.Min(Position(), _sent) - _knownMs) / 1000 * time.TimestampFrequency);
            }
        }
    }

    internal void BeginClause(string text)
    {
        lock (_sync)
        {
            _clauses.Add(new SpokenClause(text, _sent, 0));
            _clauseIsWhole = false;
        }
    }

    /// <summary>All audio of the last clause has been sent.</summary>
    internal void EndClause()
    {
        lock (_sync)
        {
            _clauseIsWhole = true;
        }
    }

    internal void Add(int bytes)
    {
        lock (_sync)
        {
            var ms = bytes / (double)sizeof(short) / SpeechClient.SampleRate * 1000;
            _sent += ms;
            _clauses[^1] = _clauses[^1] with { DurationMs = _clauses[^1].DurationMs + ms };
        }
    }

    /// <summary>The client has begun to play, or is about to.</summary>
    internal void Released()
    {
        lock (_sync)
        {
            _knownAt ??= time.GetTimestamp();
        }
    }

    /// <summary>Takes a report of the client.</summary>
    internal void Report(double playedMs, long at, bool ended)
    {
        lock (_sync)
        {
            (_knownMs, _knownAt, _reported) = (Math.Clamp(playedMs, 0, _sent), at, true);
            if (ended)
            {
                (_held, _knownAt, _stoodAt) = (true, null, _stoodAt ?? at);
                _ended.TrySetResult();
            }
        }
    }

    /// <summary>The client holds the position, or goes on from it.</summary>
    internal void Hold(bool held)
    {
        lock (_sync)
        {
            if (_held != held && !_ended.Task.IsCompleted)
            {
                (_knownMs, _knownAt, _held) = (Math.Min(Position(), _sent), time.GetTimestamp(), held);
                _stoodAt = held ? _knownAt : null;
            }
        }
    }

    /// <summary>Waits until less than <paramref name="lead"/> is left to play.</summary>
    internal async Task LeadBelowAsync(TimeSpan lead, CancellationToken cancellationToken)
    {
        while (SentMs - PlayedMs > lead.TotalMilliseconds && !_ended.Task.IsCompleted)
        {
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    /// <summary>Waits until everything that was sent has been heard.</summary>
    internal async Task HeardAsync(CancellationToken cancellationToken)
    {
        while (!_ended.Task.IsCompleted && Remaining() is var remaining && remaining > TimeSpan.Zero)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_ended.Task, Task.Delay(remaining < Look ? remaining : Look, time, enough.Token));
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The clause that is being heard; -1 before the first.</summary>
    internal int ClauseIndex()
    {
        lock (_sync)
        {
            var position = Math.Min(Position(), _sent);
            return _knownAt is null && !_ended.Task.IsCompleted ? -1 : _clauses.FindLastIndex(clause => clause.StartMs <= position);
        }
    }

    /// <summary>The words that have been heard: whole clauses, and of the last one as many words as its time allows.</summary>
    internal string HeardText()
    {
        lock (_sync)
        {
            var position = Math.Min(Position(), _sent);
            var clauses = _clauses.Select((clause, index) => index < _clauses.Count - 1 || _clauseIsWhole ? clause : Guess(clause));
            return string.Join(' ', clauses.Select(clause => WordsUntil(clause, position)).Where(words => words.Length > 0));
        }
    }

    private static SpokenClause Guess(SpokenClause clause) => clause with { DurationMs = Math.Max(clause.DurationMs, clause.Text.Split(' ').Length * WordMs) };

    private static string WordsUntil(SpokenClause clause, double position)
    {
        // A report is up to one audio block old: what has less than that to go has been heard.
        const double block = 60;
        if (position >= clause.EndMs - block)
        {
            return position > clause.StartMs ? clause.Text : "";
        }

        var words = clause.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return position <= clause.StartMs ? "" : string.Join(' ', words.Take((int)(words.Length * (position - clause.StartMs) / clause.DurationMs)));
    }

    private TimeSpan Remaining()
    {
        lock (_sync)
        {
            return TimeSpan.FromMilliseconds(_sent - Position()) + (_reported ? Grace : TimeSpan.Zero);
        }
    }

    // Not bounded by what was sent, so that a silent client's time runs out.
    private double Position() => _knownAt is { } at && !_held ? _knownMs + Math.Max(0, time.GetElapsedTime(at).TotalMilliseconds) : _knownMs;
}
