namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>
/// Changes the sampling rate of sound that arrives in pieces. Together the pieces that come out are what <see cref="Resampler"/> makes of
/// the whole; each comes as soon as the filter has seen the 50 samples of the lower rate that lie after it (3 ms at 16 kHz).
/// Not for use from several threads.
/// </summary>
public sealed class StreamingResampler
{
    private readonly PolyphaseKernel? _kernel;
    private float[] _window = [];
    private int _length;
    // Input index of _window[0]; the silence in front of the first sample has negative indices.
    private long _start;
    private long _received;
    private long _given;

    /// <param name="from">Rate of what goes in, in hertz.</param>
    /// <param name="to">Rate of what comes out, in hertz.</param>
    public StreamingResampler(int from, int to)
    {
        _kernel = from == to ? null : PolyphaseKernel.For(from, to);
        Begin();
    }

    /// <summary>Takes the next samples and gives those that are ready, often a few less than their share.</summary>
    public float[] Process(ReadOnlySpan<float> samples)
    {
        if (_kernel is null)
        {
            return samples.ToArray();
        }

        Append(samples);
        _received += samples.Length;
        return Give(_kernel, Math.Min(_kernel.OutputLength(_received), _kernel.OutputLength(Math.Max(0, _received - _kernel.Reach))));
    }

    /// <summary>Gives the last samples, as if silence followed, and starts afresh.</summary>
    public float[] Flush()
    {
        if (_kernel is null)
        {
            return [];
        }

        Append(new float[_kernel.Reach]);
        var last = Give(_kernel, _kernel.OutputLength(_received));
        Begin();
        return last;
    }

    private void Begin()
    {
        var reach = _kernel?.Reach ?? 0;
        _window = new float[4 * reach];
        (_length, _start, _received, _given) = (reach, -reach, 0, 0);
    }

    private void Append(ReadOnlySpan<float> samples)
    {
        if (_length + samples.Length > _window.Length)
        {
            Array.Resize(ref _window, Math.Max(_length + samples.Length, 2 * _window.Length));
        }

        samples.CopyTo(_window.AsSpan(_length));
        _length += samples.Length;
    }

    private float[] Give(PolyphaseKernel kernel, long upTo)
    {
        var result = new float[upTo - _given];
        for (var i = 0; i < result.Length; i++, _given++)
        {
            var first = kernel.InputIndex(_given) - kernel.Reach + 1 - _start;
            result[i] = kernel.At(_given, _window.AsSpan((int)first, 2 * kernel.Reach));
        }

        var unused = (int)(kernel.InputIndex(_given) - kernel.Reach + 1 - _start);
        _window.AsSpan(unused, _length - unused).CopyTo(_window);
        _length -= unused;
        _start += unused;
        return result;
    }
}
