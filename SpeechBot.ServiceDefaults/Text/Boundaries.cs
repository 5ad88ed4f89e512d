namespace SpeechBot.ServiceDefaults.Text;

/// <summary>
/// Text → the places where it pauses, in order. On a text that still grows it stops at the first place that
/// cannot be judged yet: "$29." may go on with "95", "St." with a name.
/// </summary>
public static class Boundaries
{
    private const string Fence = "```";

    /// <summary>Finds the pauses in <paramref name="text"/>.</summary>
    /// <param name="text">What there is so far.</param>
    /// <param name="complete">True when nothing more will come, so that the end of the text needs no look-ahead.</param>
    public static IEnumerable<Boundary> In(string text, bool complete)
    {
        for (var i = 0; i < text.Length;)
        {
            if (string.CompareOrdinal(text, i, Fence, 0, Fence.Length) == 0)
            {
                var close = text.IndexOf(Fence, i + Fence.Length, StringComparison.Ordinal);
                if (close < 0)
                {
                    yield break;
                }

                i = close + Fence.Length;
                continue;
            }

            var end = i + 1;
            switch (text[i])
            {
                case '\n':
                    yield return new Boundary(i, EndsSentence: true);
                    break;
                case '.' or '!' or '?' or '…':
                    end = AfterClosing(text, AfterRun(text, i));
                    switch (SentenceEnd.Judge(text, i, end, complete))
                    {
                        case null:
                            yield break;
                        case true:
                            yield return new Boundary(end, EndsSentence: true);
                            break;
                    }

                    break;
                case ',' or ';' or ':' or '—' or '–' or '-':
                    end = AfterClosing(text, end);
                    if (end >= text.Length && !complete)
                    {
                        yield break;
                    }

                    if (IsPause(text, i, end))
                    {
                        yield return new Boundary(end, EndsSentence: false);
                    }

                    break;
            }

            i = end;
        }
    }

    private static int AfterRun(string text, int index)
    {
        while (index < text.Length && text[index] is '.' or '!' or '?' or '…')
        {
            index++;
        }

        return index;
    }

    private static int AfterClosing(string text, int index)
    {
        while (index < text.Length && text[index] is '"' or '”' or '’' or '\'' or ')' or ']' or '*' or '_' or '`')
        {
            index++;
        }

        return index;
    }

    private static bool IsPause(string text, int at, int end)
    {
        var spaceAfter = end >= text.Length || char.IsWhiteSpace(text[end]);
        var digitBefore = at > 0 && char.IsAsciiDigit(text[at - 1]);
        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        var digitAfter = next < text.Length && char.IsAsciiDigit(text[next]);
        return text[at] switch
        {
            // "3–5" and "Paris–London" are one thing, "word — word" is a pause.
            '-' or '–' => spaceAfter && at > 0 && char.IsWhiteSpace(text[at - 1]) && !digitAfter,
            '—' => true,
            // "January 5, 2026" is read in one go.
            ',' => spaceAfter && !(digitBefore && digitAfter),
            _ => spaceAfter,
        };
    }
}
