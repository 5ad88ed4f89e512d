namespace SpeechBot.Tests.Support.Fakes;

/// <summary>A request that <see cref="ScriptedEngines"/> got: of which engine ("stt", "llm", "tts"), its body, and whether the caller gave up on it.</summary>
public sealed record EngineCall(string Engine, string Body, CancellationToken Abandoned, string? TraceParent)
{
    /// <summary>Lets the caller wait until it gives up: an engine that never answers.</summary>
    public Task UntilAbandonedAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Abandoned);
}
