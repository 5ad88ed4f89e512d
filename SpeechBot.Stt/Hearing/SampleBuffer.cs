namespace SpeechBot.Stt.Hearing;

/// <summary>The last stretch of a stream, by position in samples since the stream began. What is no longer needed is forgotten by hand.</summary>
internal sealed class SampleBuffer
{
    private float[] _samples = new float[16_000];
    private int _length;

    /// <summary>Position of the oldest sample that is still there.</summary>
    public long Start { get; private set; }

    /// <summary>Position after the newest sample.</summary>
    public long End => Start + _length;

    public void Append(ReadOnlySpan<float> samples)
    {
        if (_length + samples.Length > _samples.Length)
        {
            Array.Resize(ref _samples, Math.Max(_samples.Length * 2, _length + samples.Length));
        }

        samples.CopyTo(_samples.AsSpan(_length));
        _length += samples.Length;
    }

    /// <summary>A view that is good until the next call.</summary>
    public ReadOnlySpan<float> View(long from, long to)
    {
        var first = (int)(Math.Clamp(from, Start, End) - Start);
        return _samples.AsSpan(first, (int)(Math.Clamp(to, Start, End) - Start) - first);
    }

    public void ForgetBefore(long position)
    {
        var count = (int)(Math.Clamp(position, Start, End) - Start);
        // Moving everything for each frame would be waste.
        if (count > 16_000)
        {
            _samples.AsSpan(count, _length - count).CopyTo(_samples);
            Start += count;
            _length -= count;
        }
    }
}
