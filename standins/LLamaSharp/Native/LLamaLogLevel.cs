namespace LLama.Native;

/// <summary>How serious a message of llama.cpp is.</summary>
public enum LLamaLogLevel
{
    /// <summary>Not a log message.</summary>
    None = 0,

    /// <summary>For those who look for a fault.</summary>
    Debug = 1,

    /// <summary>For information.</summary>
    Info = 2,

    /// <summary>Something odd.</summary>
    Warning = 3,

    /// <summary>Something failed.</summary>
    Error = 4,

    /// <summary>Goes on where the last message stopped.</summary>
    Continue = 5,
}
