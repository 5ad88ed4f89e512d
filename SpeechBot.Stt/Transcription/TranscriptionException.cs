namespace SpeechBot.Stt.Transcription;

/// <summary>The model was loaded but failed on this audio. The message says what happened and what to do; people see it.</summary>
public sealed class TranscriptionException(string message, bool timedOut = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when the deadline ended the work.</summary>
    public bool TimedOut { get; } = timedOut;
}
