using System.Numerics.Tensors;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using Whisper.net;

namespace SpeechBot.Stt.Transcription;

/// <summary>
/// One window of audio → text. Short audio is decoded with a cut encoder first and a second time with the whole one only where the first
/// result cannot be trusted.
/// </summary>
public sealed class WhisperDecoder(IOptions<TranscriptionOptions> options, TimeProvider time)
{
    // Whisper refuses less than 0.1 s and hears little in less than a second.
    private const int ShortestSamples = TranscriptionRequest.SampleRate;

    // The longest audio that the cut encoder gets. In more, it saves little, and whisper.cpp decodes nothing behind its one segment, which
    // may end with a sentence before the audio does. The whole window goes on from where a segment ended.
    private const int LongestCutSamples = 15 * TranscriptionRequest.SampleRate;

    // Silence in front of audio that is decoded again: with another beginning the model takes another path.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(0.5);

    // Below this nobody spoke, so that an empty result is right.
    private const float QuietPeak = 0.003f;

    /// <summary>Decodes at most <see cref="EncoderWindow.MaxSamples"/>.</summary>
    /// <exception cref="TranscriptionException">The model failed, or the deadline passed.</exception>
    public async Task<IReadOnlyList<TranscriptSegment>> DecodeAsync(WhisperModel model, TranscriptionRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.DeadlineSeconds), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var padded = request with { Samples = Pad(request.Samples) };
        try
        {
            if (!request.Segments && !request.Words && padded.Samples.Length <= LongestCutSamples && await RunCutAsync(model, padded, stop.Token) is { } quick)
            {
                return quick;
            }

            var segments = await RunWholeAsync(model, padded, stop.Token);
            return segments.Any(segment => OmissionGuard.Suspects(segment.Text, SecondsOfSound(padded.Samples, segment)))
                ? Longer(segments, await RunLaterAsync(model, padded, stop.Token))
                : segments;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TranscriptionException($"The speech model took longer than {options.Value.DeadlineSeconds} s for {request.Duration.TotalSeconds:0.0} s of audio and was stopped. The machine may be overloaded; try again, choose a smaller model, or raise Stt:DeadlineSeconds.", timedOut: true);
        }
        catch (Exception exception) when (exception is WhisperProcessingException or OnnxRuntimeException)
        {
            throw new TranscriptionException($"The speech model failed on this audio: {exception.Message}", inner: exception);
        }
    }

    /// <summary>
    /// The cut encoder's result, or null where it cannot be trusted: endless text without a visible repeat, or nothing or next to nothing
    /// where somebody spoke.
    /// </summary>
    private async Task<IReadOnlyList<TranscriptSegment>?> RunCutAsync(WhisperModel model, TranscriptionRequest request, CancellationToken cancellationToken)
    {
        var (positions, limit) = (EncoderWindow.SizeFor(request.Samples.Length), EncoderWindow.TokenLimitFor(request.Samples.Length));
        var first = model.Onnx is { } onnx && request.Temperature == 0 && string.IsNullOrWhiteSpace(request.Prompt)
            ? await Task.Run(() => onnx.Run(request.Samples.Span, positions, limit, Threads(request), cancellationToken), cancellationToken)
            : await RunSegmentAsync(model, request, positions, limit, cancellationToken);
        if (first is not { } segment)
        {
            return TensorPrimitives.MaxMagnitude(request.Samples.Span) < QuietPeak ? [] : null;
        }

        var ranAway = segment.Tokens.Count >= limit;
        var sound = RepeatGuard.SecondsOfSound(request.Samples.Span);
        var text = RepeatGuard.CutTail(segment.Text, sound, ranAway);
        if ((ranAway && text.Length == segment.Text.Length) || OmissionGuard.Suspects(text, sound))
        {
            return null;
        }

        return text.Length > 0 ? [segment with { Text = text, End = Shorter(segment.End, request.Duration) }] : [];
    }

    private async Task<TranscriptSegment?> RunSegmentAsync(WhisperModel model, TranscriptionRequest request, int positions, int limit, CancellationToken cancellationToken)
    {
        var builder = CreateBuilder(model, request)
            .WithSingleSegment()
            .WithMaxTokensPerSegment(limit)
            .WithAudioContextSize(positions)
            .WithTemperatureInc(0);
        await using var processor = builder.Build();
        await foreach (var data in processor.ProcessAsync(request.Samples, cancellationToken))
        {
            return SegmentConverter.Convert(data, words: false);
        }

        return null;
    }

    private async Task<IReadOnlyList<TranscriptSegment>> RunWholeAsync(WhisperModel model, TranscriptionRequest request, CancellationToken cancellationToken)
    {
        var builder = CreateBuilder(model, request);
        if (request.Words)
        {
            builder.WithTokenTimestamps();
        }

        var segments = new List<TranscriptSegment>();
        await using var processor = builder.Build();
        await foreach (var data in processor.ProcessAsync(request.Samples, cancellationToken))
        {
            var segment = SegmentConverter.Convert(data, request.Words);
            var text = RepeatGuard.CutTail(segment.Text, SecondsOfSound(request.Samples, segment));
            if (text.Length > 0)
            {
                // The model counts in steps of its window and may end a moment after the audio.
                segments.Add(segment with { Text = text, End = Shorter(segment.End, request.Duration) });
            }
        }

        return segments;
    }

    /// <summary>The same audio once more, with silence in front.</summary>
    private async Task<IReadOnlyList<TranscriptSegment>> RunLaterAsync(WhisperModel model, TranscriptionRequest request, CancellationToken cancellationToken)
    {
        float[] later = [.. new float[(int)(Lead.TotalSeconds * TranscriptionRequest.SampleRate)], .. request.Samples.Span];
        var segments = await RunWholeAsync(model, request with { Samples = later }, cancellationToken);
        return [.. segments.Select(segment => segment with
        {
            Start = Earlier(segment.Start),
            End = Earlier(segment.End),
            Words = [.. segment.Words.Select(word => word with { Start = Earlier(word.Start), End = Earlier(word.End) })],
        })];
    }

    private WhisperProcessorBuilder CreateBuilder(WhisperModel model, TranscriptionRequest request)
    {
        var builder = model.CreateBuilder()
            .WithThreads(Threads(request))
            .WithNoContext()
            .WithTemperature(request.Temperature)
            .WithGreedySamplingStrategy(greedy => greedy.WithBestOf(1));
        if (!string.IsNullOrWhiteSpace(request.Prompt))
        {
            builder.WithPrompt(request.Prompt);
        }

        var language = model.IsMultilingual ? request.Language ?? options.Value.Language : "en";
        return language == "auto" ? builder.WithLanguageDetection() : builder.WithLanguage(language);
    }

    private int Threads(TranscriptionRequest request) => request.Threads ?? options.Value.EffectiveThreads;

    private static double SecondsOfSound(ReadOnlyMemory<float> samples, TranscriptSegment segment)
    {
        var from = Math.Min((int)(segment.Start.TotalSeconds * TranscriptionRequest.SampleRate), samples.Length);
        return RepeatGuard.SecondsOfSound(samples.Span[from..Math.Clamp((int)(segment.End.TotalSeconds * TranscriptionRequest.SampleRate), from, samples.Length)]);
    }

    private static IReadOnlyList<TranscriptSegment> Longer(IReadOnlyList<TranscriptSegment> first, IReadOnlyList<TranscriptSegment> second) =>
        second.Sum(segment => OmissionGuard.Letters(segment.Text)) > first.Sum(segment => OmissionGuard.Letters(segment.Text)) ? second : first;

    private static TimeSpan Earlier(TimeSpan time) => time > Lead ? time - Lead : TimeSpan.Zero;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static ReadOnlyMemory<float> Pad(ReadOnlyMemory<float> samples)
    {
        if (samples.Length >= ShortestSamples)
        {
            return samples;
        }

        var padded = new float[ShortestSamples];
        samples.CopyTo(padded);
        return padded;
    }
}
