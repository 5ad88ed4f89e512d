namespace SpeechBot.Llm;

/// <summary>Everything that the brain logs.</summary>
internal static partial class LlmLog
{
    [LoggerMessage(EventId = 3001, EventName = "Engine", Message = "llama.cpp: {Line}")]
    public static partial void Engine(this ILogger logger, LogLevel level, string line);

    [LoggerMessage(EventId = 3002, EventName = "EngineFailed", Level = LogLevel.Error, Message = "The engine answered {Result}; {Count} replies were lost and it begins anew")]
    public static partial void EngineFailed(this ILogger logger, Exception? exception, string result, int count);

    [LoggerMessage(EventId = 3003, EventName = "NoGpu", Level = LogLevel.Warning, Message = "CUDA was asked for, but llama.cpp finds no GPU; replies are computed on the CPU")]
    public static partial void NoGpu(this ILogger logger);

    [LoggerMessage(EventId = 3004, EventName = "PriorityUnchanged", Level = LogLevel.Information, Message = "The scheduling priority could not be changed to nice {Nice} ({Reason}); the ears and the mouth may have to wait for the brain")]
    public static partial void PriorityUnchanged(this ILogger logger, int nice, string reason);

    [LoggerMessage(EventId = 3005, EventName = "NotRequantised", Level = LogLevel.Information, Message = "No faster copy of {Model} can be kept ({Reason}); it takes somewhat longer to read prompts")]
    public static partial void NotRequantised(this ILogger logger, string model, string reason);

    [LoggerMessage(EventId = 3006, EventName = "CopyForgotten", Level = LogLevel.Warning, Message = "The faster copy {Path} cannot be used ({Reason}) and is made anew")]
    public static partial void CopyForgotten(this ILogger logger, string path, string reason);
}
