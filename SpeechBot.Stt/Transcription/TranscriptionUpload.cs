namespace SpeechBot.Stt.Transcription;

/// <summary>A recording that was sent, checked and decoded, and how the answer is wanted.</summary>
/// <param name="Request">What to transcribe.</param>
/// <param name="Format">The form of the answer.</param>
/// <param name="Stream">True for server-sent events.</param>
/// <param name="SegmentTimes">Whether verbose_json lists segments.</param>
/// <param name="WordTimes">Whether verbose_json lists words.</param>
public sealed record TranscriptionUpload(TranscriptionRequest Request, TranscriptFormat Format, bool Stream, bool SegmentTimes, bool WordTimes);

/// <summary>OpenAI's response formats.</summary>
public enum TranscriptFormat
{
    /// <summary>The text in an object.</summary>
    Json,

    /// <summary>The text alone.</summary>
    Text,

    /// <summary>Text, language, duration, segments and words.</summary>
    VerboseJson,

    /// <summary>SubRip subtitles.</summary>
    Srt,

    /// <summary>WebVTT subtitles.</summary>
    Vtt,
}
