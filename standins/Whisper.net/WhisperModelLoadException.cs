namespace Whisper.net;

/// <summary>The model file could not be loaded.</summary>
public class WhisperModelLoadException(string message) : Exception(message);
