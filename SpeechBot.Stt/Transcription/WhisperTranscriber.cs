using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Cores;

namespace SpeechBot.Stt.Transcription;

/// <summary>Audio of any length → pieces that fit the model → text, one run of the model at a time.</summary>
public sealed class WhisperTranscriber(
    WhisperModelLoader loader, WhisperDecoder decoder, TranscriptionQueue queue, CoreLease cores, IOptions<TranscriptionOptions> options, TimeProvider time) : ITranscriber
{
    /// <inheritdoc/>
    public bool IsFree => queue.IsFree && cores.AreFree();

    /// <inheritdoc/>
    public async IAsyncEnumerable<TranscriptSegment> TranscribeAsync(TranscriptionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = loader.Model;
        using var place = request.Live ? null : queue.EnterUpload();
        foreach (var (start, length) in AudioSplitter.Split(request.Samples))
        {
            var offset = TimeSpan.FromSeconds((double)start / TranscriptionRequest.SampleRate);
            foreach (var segment in await RunAsync(model, request with { Samples = request.Samples.Slice(start, length) }, cancellationToken))
            {
                yield return Shift(segment, offset);
            }
        }
    }

    private async Task<IReadOnlyList<TranscriptSegment>> RunAsync(WhisperModel model, TranscriptionRequest request, CancellationToken cancellationToken)
    {
        var audioSeconds = request.Duration.TotalSeconds;
        var activity = TranscriptionTelemetry.StartRun(model, request);
        try
        {
            var asked = time.GetTimestamp();
            using var turn = await queue.WaitAsync(request.Live, cancellationToken);
            using var lease = await cores.AcquireSomeAsync(cancellationToken);
            TranscriptionTelemetry.RecordWait(activity, time.GetElapsedTime(asked));

            var started = time.GetTimestamp();
            var segments = await decoder.DecodeAsync(model, request with { Threads = ThreadsFor(lease) }, cancellationToken);
            TranscriptionTelemetry.RecordRun(model.Card.Id, time.GetElapsedTime(started), audioSeconds);
            return segments;
        }
        catch (Exception exception)
        {
            TranscriptionTelemetry.RecordFailure(activity, exception);
            throw;
        }
        finally
        {
            TranscriptionTelemetry.EndRun(activity, request, time.GetUtcNow());
        }
    }

    // Threads that have to share a core wait for each other spinning: where the cores were not granted, one thread is the fastest.
    private int ThreadsFor(CoreTokens lease) => cores.Tokens == 0 ? options.Value.EffectiveThreads : Math.Clamp(lease.Count, 1, options.Value.EffectiveThreads);

    private static TranscriptSegment Shift(TranscriptSegment segment, TimeSpan offset) => offset == TimeSpan.Zero
        ? segment
        : segment with
        {
            Start = segment.Start + offset,
            End = segment.End + offset,
            Words = [.. segment.Words.Select(word => word with { Start = word.Start + offset, End = word.End + offset })],
        };
}
