namespace SpeechBot.Web.Components.Talk;

/// <summary>
/// When the page is drawn. What changes in one moment is drawn once; and from the end of a question to the first sound of its answer the
/// page stands still, up to the time from which somebody would miss a sign: it is drawn by the cores that the answer is made on.
/// Thread safe.
/// </summary>
internal sealed class DrawingPace : IDisposable
{
    /// <summary>What comes within this is one change, to the eye.</summary>
    internal static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    /// <summary>An answer that takes longer is worth a sign that it is being worked on.</summary>
    internal static readonly TimeSpan Missed = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private readonly Action _draw;
    private bool _due;
    private bool _answering;

    /// <summary>Calls <paramref name="draw"/> on a thread of the pool.</summary>
    internal DrawingPace(TimeProvider time, Action draw)
    {
        _draw = draw;
        _timer = time.CreateTimer(_ => Draw(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something changed that is shown. <paramref name="answering"/>: an answer is being made whose first sound is waited for.</summary>
    internal void Change(bool answering)
    {
        lock (_lock)
        {
            var stillDue = _due && answering == _answering;
            var standsStill = answering && !_answering;
            (_due, _answering) = (true, answering);
            if (!stillDue)
            {
                _timer.Change(standsStill ? Missed : Moment, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Draw()
    {
        lock (_lock)
        {
            _due = false;
        }

        _draw();
    }
}
