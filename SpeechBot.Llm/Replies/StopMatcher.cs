using System.Text;

namespace SpeechBot.Llm.Replies;

/// <summary>
/// Pieces of text in, text that may be shown out. What could be the beginning of a stop string is held back until it is certain.
/// </summary>
internal sealed class StopMatcher(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop string has come; nothing may be added after that.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Adds a piece and answers what can be shown now; neither a stop string nor what follows it is ever shown.</summary>
    public string Add(string piece)
    {
        if (stops.Count == 0)
        {
            return piece;
        }

        var text = _held.Append(piece).ToString();
        var end = stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(-1).Min();
        if (end >= 0)
        {
            Stopped = true;
            _held.Clear();
            return text[..end];
        }

        var held = stops.Max(stop => LongestStart(text, stop));
        _held.Clear().Append(text, text.Length - held, held);
        return text[..^held];
    }

    /// <summary>The reply is over: what was held back was no stop string.</summary>
    public string Flush()
    {
        var text = _held.ToString();
        _held.Clear();
        return text;
    }

    private static int LongestStart(string text, string stop)
    {
        for (var length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }
}
