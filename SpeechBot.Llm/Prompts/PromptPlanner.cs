using LLama.Native;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Prompts;

/// <summary>
/// A prompt and what a conversation's cache holds in, a plan out: which messages still fit, which tokens can stay, which must be computed.
/// Replies that this process wrote keep the tokens they were drawn with, also where only their beginning was heard.
/// </summary>
internal sealed class PromptPlanner(IReadOnlyList<LLamaToken> replyEnd, int capacity, bool canShift)
{
    /// <summary>A shift turns every cached key once, which costs about as much as computing this many tokens.</summary>
    private const int ShiftWorth = 16;

    /// <param name="prompt">The messages.</param>
    /// <param name="cached">The conversation to build on, or null.</param>
    /// <param name="reserve">Tokens to leave for the reply; with 0 nothing will be sampled.</param>
    /// <param name="shift">Whether tokens in the cache may be moved.</param>
    /// <exception cref="OpenAiException">The instructions and the last message alone do not fit.</exception>
    public PromptPlan Plan(RenderedPrompt prompt, CachedConversation? cached, int reserve, bool shift = true)
    {
        var system = prompt.Segments.Take(prompt.SystemCount).ToList();
        var history = prompt.Segments.Skip(prompt.SystemCount).ToList();
        var known = cached is not null && SameSystem(system, cached) ? cached.History : [];

        var dropped = known.Count > 0 && cached!.Dropped < history.Count && Continues(known[0], history[cached.Dropped]) ? cached.Dropped : 0;
        var kept = Substitute(history[dropped..], known);
        var fixedLength = Length(system) + prompt.Header.Count + reserve;
        if (fixedLength + Length(kept) > capacity)
        {
            // A little more than needed goes, so that the next turns need not shift again.
            var goal = capacity - (capacity / 8) - fixedLength;
            while (kept.Count > 1 && (Length(kept) > goal || kept[0].Turn.Role == ChatTurn.Assistant))
            {
                kept.RemoveAt(0);
                dropped++;
            }

            if (fixedLength + Length(kept) > capacity)
            {
                throw TooLong(fixedLength + Length(kept));
            }
        }

        List<LLamaToken> tokens = [.. system.Concat(kept).SelectMany(segment => segment.Tokens), .. prompt.Header];
        var (keep, count) = cached is null || !shift || !canShift ? (0, 0) : FindShift(Length(system), kept, known, cached);
        var reused = cached is null ? 0 : CommonPrefix(tokens, cached.Tokens, keep, count);
        if (reserve > 0 && reused == tokens.Count)
        {
            // Nothing can be sampled without computing at least one token.
            reused--;
        }

        return new PromptPlan([.. system, .. kept], system.Count, tokens, reused, dropped, keep, count);
    }

    private static (int Keep, int Count) FindShift(int systemLength, List<Segment> kept, IReadOnlyList<Segment> known, CachedConversation cached)
    {
        var offset = Align(kept, known);
        if (offset <= 0)
        {
            return (0, 0);
        }

        var gone = Length(known.Take(offset));
        var matched = kept.Zip(known.Skip(offset)).TakeWhile(pair => Continues(pair.Second, pair.First)).Sum(pair => pair.First.Tokens.Count);
        return matched >= ShiftWorth && cached.Tokens.Count >= systemLength + gone + ShiftWorth && cached.Shared <= systemLength + gone
            ? (systemLength, gone) : (0, 0);
    }

    /// <summary>Where in <paramref name="known"/> the longest run of <paramref name="kept"/>'s first messages begins; -1 is nowhere.</summary>
    private static int Align(List<Segment> kept, IReadOnlyList<Segment> known)
    {
        var (best, bestRun) = (-1, 0);
        for (var offset = 0; offset < known.Count; offset++)
        {
            var run = kept.Zip(known.Skip(offset)).TakeWhile(pair => Continues(pair.Second, pair.First)).Count();
            if (run > bestRun)
            {
                (best, bestRun) = (offset, run);
            }
        }

        return best;
    }

    private List<Segment> Substitute(List<Segment> history, IReadOnlyList<Segment> known)
    {
        var offset = Math.Max(0, Align(history, known));
        var result = new List<Segment>(history);
        for (var i = 0; i < result.Count && offset + i < known.Count && Continues(known[offset + i], result[i]); i++)
        {
            result[i] = Substitute(known[offset + i], result[i]);
        }

        return result;
    }

    private Segment Substitute(Segment known, Segment wanted)
    {
        if (known.Turn.Text == wanted.Turn.Text || known.Reply is not { } reply || known.Turn.Text.Trim() == wanted.Turn.Text.Trim())
        {
            return known;
        }

        // Only the beginning was heard. Where it ends between two tokens, those before it stay as they are.
        var spoken = wanted.Turn.Text.TrimEnd().Length + (known.Turn.Text.Length - known.Turn.Text.TrimStart().Length);
        var count = reply.TextLengths.TakeWhile(length => length <= spoken).Count();
        if (count == 0 || reply.TextLengths[count - 1] != spoken)
        {
            return wanted;
        }

        var header = known.Tokens.Count - reply.Tokens.Count - replyEnd.Count;
        return new Segment(known.Turn with { Text = known.Turn.Text[..spoken] }, [.. known.Tokens.Take(header + count), .. replyEnd])
        {
            Reply = new WrittenReply([.. reply.Tokens.Take(count)], [.. reply.TextLengths.Take(count)]),
        };
    }

    /// <summary>Whether <paramref name="wanted"/> is the message <paramref name="known"/>, or the heard beginning of that reply.</summary>
    private static bool Continues(Segment known, Segment wanted)
    {
        if (known.Turn.Role != wanted.Turn.Role)
        {
            return false;
        }

        var text = known.Turn.Text.AsSpan().Trim();
        var other = wanted.Turn.Text.AsSpan().Trim();
        return text.SequenceEqual(other) || (known.Reply is not null && other.Length > 0 && text.StartsWith(other, StringComparison.Ordinal));
    }

    private static bool SameSystem(List<Segment> system, CachedConversation cached) =>
        cached.SystemCount == system.Count && system.Zip(cached.Segments).All(pair => pair.First.Turn.Text == pair.Second.Turn.Text);

    private static int CommonPrefix(List<LLamaToken> tokens, List<LLamaToken> cached, int keep, int skip)
    {
        var length = 0;
        while (length < tokens.Count)
        {
            var index = length < keep ? length : length + skip;
            if (index >= cached.Count || cached[index] != tokens[length])
            {
                break;
            }

            length++;
        }

        return length;
    }

    private static int Length(IEnumerable<Segment> segments) => segments.Sum(segment => segment.Tokens.Count);

    private OpenAiException TooLong(int needed) => new(
        $"The system prompt, the last message and the reply need {needed} tokens, and a conversation has {capacity} (Llm:ConversationTokens). Shorten the message, or ask for a smaller max_completion_tokens.",
        param: "messages", code: "context_length_exceeded");
}
