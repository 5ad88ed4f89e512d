namespace LLama.Native;

/// <summary>Where llama.cpp's log goes.</summary>
public static class NativeLogConfig
{
    /// <summary>Receives a message; most end in a line feed.</summary>
    public delegate void LLamaLogCallback(LLamaLogLevel level, string message);

    internal static volatile LLamaLogCallback? Callback;

    /// <summary>Sends all messages to <paramref name="logCallback"/>, before or after the library was loaded.</summary>
    public static void llama_log_set(LLamaLogCallback? logCallback) => Callback = logCallback;
}
