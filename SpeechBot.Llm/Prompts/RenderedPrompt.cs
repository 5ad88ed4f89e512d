using LLama.Native;

namespace SpeechBot.Llm.Prompts;

/// <summary>The messages of a request as tokens.</summary>
/// <param name="Segments">One for each message.</param>
/// <param name="Header">What begins the next message, as far as the template tells.</param>
internal sealed record RenderedPrompt(IReadOnlyList<Segment> Segments, IReadOnlyList<LLamaToken> Header)
{
    /// <summary>Number of messages at the start that are instructions; they are never dropped.</summary>
    public int SystemCount { get; } = Segments.TakeWhile(segment => segment.Turn.Role == ChatTurn.System).Count();
}
