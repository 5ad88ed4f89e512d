namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// A thing that can be replaced while others use it. Whoever uses it holds a <see cref="Use"/>; the old one is disposed when the last of
/// its users is done. Thread safe.
/// </summary>
public sealed class Replaceable<T> : IDisposable where T : class, IDisposable
{
    private readonly Lock _gate = new();
    private Holder? _current;

    /// <summary>The thing, for a look only: it may be gone a moment later. Null where there is none yet.</summary>
    public T? Current => Volatile.Read(ref _current)?.Value;

    /// <summary>Takes the thing into use; null where there is none.</summary>
    public Use? TryUse()
    {
        lock (_gate)
        {
            return _current is { } holder ? new Use(this, holder) : null;
        }
    }

    /// <summary>Puts another in its place. It belongs to this object from now on.</summary>
    public void Replace(T? next)
    {
        Holder? former;
        lock (_gate)
        {
            former = _current;
            _current = next is null ? null : new Holder(next);
        }

        if (former is not null)
        {
            Release(former);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Replace(null);

    private void Release(Holder holder)
    {
        bool last;
        lock (_gate)
        {
            last = --holder.Users == 0;
        }

        if (last)
        {
            holder.Value.Dispose();
        }
    }

    /// <summary>The right to use the thing until Dispose.</summary>
    public sealed class Use : IDisposable
    {
        private readonly Replaceable<T> _owner;
        private Holder? _holder;

        internal Use(Replaceable<T> owner, Holder holder)
        {
            (_owner, _holder, Value) = (owner, holder, holder.Value);
            holder.Users++;
        }

        /// <summary>The thing.</summary>
        public T Value { get; }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _holder, null) is { } holder)
            {
                _owner.Release(holder);
            }
        }
    }

    /// <summary>A thing and how many hold it; the owner counts as one.</summary>
    internal sealed class Holder(T value)
    {
        public T Value { get; } = value;

        public int Users { get; set; } = 1;
    }
}
