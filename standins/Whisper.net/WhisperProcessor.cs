using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Whisper.net.Internals;

namespace Whisper.net;

/// <summary>Turns 16 kHz mono samples into segments. One call at a time; others wait for it.</summary>
public sealed class WhisperProcessor : IAsyncDisposable, IDisposable
{
    private readonly ProcessorSettings _settings;
    private readonly SemaphoreSlim _processing = new(1);
    private bool _disposed;

    internal WhisperProcessor(ProcessorSettings settings) => _settings = settings;

    /// <summary>Transcribes samples and yields each segment when it is finished.</summary>
    /// <exception cref="WhisperProcessingException">The native library failed.</exception>
    /// <exception cref="TaskCanceledException">Cancelled. Thrown at once, while the native call may still be winding down.</exception>
    public IAsyncEnumerable<SegmentData> ProcessAsync(float[] samples, CancellationToken cancellationToken = default) =>
        ProcessAsync(samples.AsMemory(), cancellationToken);

    /// <inheritdoc cref="ProcessAsync(float[], CancellationToken)"/>
    public async IAsyncEnumerable<SegmentData> ProcessAsync(ReadOnlyMemory<float> samples, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var segments = Channel.CreateUnbounded<SegmentData>();
        var native = Task.Factory.StartNew(() => Run(samples, segments.Writer, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = native.ContinueWith(t => segments.Writer.TryComplete(t.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        while (await WaitAsync(segments.Reader, cancellationToken))
        {
            while (segments.Reader.TryRead(out var segment))
            {
                yield return segment;
            }
        }

        ThrowIfCancelled(cancellationToken);
    }

    /// <summary>Frees the processor.</summary>
    /// <exception cref="InvalidOperationException">It is still processing: use <see cref="DisposeAsync"/>.</exception>
    public void Dispose()
    {
        if (_processing.CurrentCount == 0)
        {
            throw new InvalidOperationException("Cannot dispose while processing, please use DisposeAsync instead.");
        }

        _disposed = true;
    }

    /// <summary>Waits for a native call that is still running, then frees the processor.</summary>
    public async ValueTask DisposeAsync()
    {
        await _processing.WaitAsync();
        _processing.Release();
        Dispose();
    }

    private static async ValueTask<bool> WaitAsync(ChannelReader<SegmentData> reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new TaskCanceledException();
        }
    }

    private static void ThrowIfCancelled(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException();
        }
    }

    private void Run(ReadOnlyMemory<float> samples, ChannelWriter<SegmentData> segments, CancellationToken cancellationToken)
    {
        _processing.Wait(cancellationToken);
        try
        {
            using var call = new NativeCall(_settings, segment => segments.TryWrite(segment), cancellationToken);
            var result = call.Run(samples.Span);
            ThrowIfCancelled(cancellationToken);
            if (result != 0)
            {
                throw new WhisperProcessingException(result);
            }
        }
        finally
        {
            _processing.Release();
        }
    }
}
