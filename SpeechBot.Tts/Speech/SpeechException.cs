namespace SpeechBot.Tts.Speech;

/// <summary>A clause could not be spoken.</summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="inner">The engine's own error.</param>
public sealed class SpeechException(string message, Exception? inner = null) : Exception(message, inner);
