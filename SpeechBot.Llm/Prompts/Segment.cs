using LLama.Native;

namespace SpeechBot.Llm.Prompts;

/// <summary>A message as tokens, with all that the template puts around it.</summary>
/// <param name="Turn">The message.</param>
/// <param name="Tokens">Its tokens.</param>
internal sealed record Segment(ChatTurn Turn, IReadOnlyList<LLamaToken> Tokens)
{
    /// <summary>For a reply that this process wrote: the tokens as they were drawn. Its text would be cut into other tokens.</summary>
    public WrittenReply? Reply { get; init; }
}

/// <summary>The tokens of a reply and how many characters of its text there are after each.</summary>
/// <param name="Tokens">The tokens as they were drawn.</param>
/// <param name="TextLengths">Characters of text up to and with each token.</param>
internal sealed record WrittenReply(IReadOnlyList<LLamaToken> Tokens, IReadOnlyList<int> TextLengths);
