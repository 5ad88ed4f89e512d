namespace SpeechBot.Stt.Transcription;

/// <summary>16 kHz audio in, words out.</summary>
public interface ITranscriber
{
    /// <summary>Transcribes audio of any length and yields each piece as soon as it is there.</summary>
    /// <exception cref="TranscriptionException">The model failed, or its deadline passed.</exception>
    /// <exception cref="SpeechBot.ServiceDefaults.OpenAi.OpenAiException">Too many wait already (429), or the model is not ready (503).</exception>
    IAsyncEnumerable<TranscriptSegment> TranscribeAsync(TranscriptionRequest request, CancellationToken cancellationToken);

    /// <summary>Whether what is asked for now would begin at once: nobody uses the model, or needs the cores for something else.</summary>
    bool IsFree { get; }
}

/// <summary>What every <see cref="ITranscriber"/> can do beside.</summary>
public static class TranscriberExtensions
{
    /// <summary>Transcribes audio and returns all of it at once.</summary>
    public static async Task<Transcript> TranscribeAllAsync(this ITranscriber transcriber, TranscriptionRequest request, CancellationToken cancellationToken)
    {
        var segments = new List<TranscriptSegment>();
        await foreach (var segment in transcriber.TranscribeAsync(request, cancellationToken))
        {
            segments.Add(segment);
        }

        return Transcript.Of(request, segments);
    }
}
