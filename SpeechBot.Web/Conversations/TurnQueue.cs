namespace SpeechBot.Web.Conversations;

/// <summary>
/// The people who wait for an answer right now, in the order in which they finished speaking. Thread safe. How long each takes is
/// learned from those before: the engines share one machine, so two who wait take about twice as long as one.
/// </summary>
internal sealed class TurnQueue(TimeProvider time)
{
    // A newer answer counts a fifth: a slow moment passes, a slow machine shows after a few.
    private const double Weight = 0.2;

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private double? _secondsEach;

    /// <summary>Raised on any thread after somebody came or went.</summary>
    internal event Action? Changed;

    /// <summary>Somebody has finished speaking and waits.</summary>
    internal void Enter(object turn)
    {
        lock (_lock)
        {
            _waiting.Add(new Waiting(turn, time.GetTimestamp(), _waiting.Count + 1));
        }

        Changed?.Invoke();
    }

    /// <summary>Their answer begins, or they no longer want it. The second time changes nothing.</summary>
    internal void Leave(object turn, bool answered)
    {
        lock (_lock)
        {
            if (_waiting.FindIndex(one => one.Turn == turn) is not (>= 0 and var place))
            {
                return;
            }

            if (answered)
            {
                var each = time.GetElapsedTime(_waiting[place].Since).TotalSeconds / _waiting[place].Crowd;
                _secondsEach = _secondsEach is { } known ? known + (Weight * (each - known)) : each;
            }

            _waiting.RemoveAt(place);
        }

        Changed?.Invoke();
    }

    /// <summary>How many wait before this one, and how long it may still take; null for somebody who does not wait.</summary>
    internal (int Ahead, TimeSpan About)? PlaceOf(object turn)
    {
        lock (_lock)
        {
            return _waiting.FindIndex(one => one.Turn == turn) is >= 0 and var place
                ? (place, TimeSpan.FromSeconds((place + 1) * _secondsEach ?? 0))
                : null;
        }
    }

    /// <param name="Turn">Who.</param>
    /// <param name="Since">Timestamp of their last word.</param>
    /// <param name="Crowd">How many waited then, themselves included.</param>
    private sealed record Waiting(object Turn, long Since, int Crowd);
}
