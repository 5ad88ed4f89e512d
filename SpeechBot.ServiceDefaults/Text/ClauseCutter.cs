using System.Text;

namespace SpeechBot.ServiceDefaults.Text;

/// <summary>
/// Text as it is generated → clauses to speak. The first is short, at punctuation or after a few words, so that
/// the voice can begin; the others are whole sentences. One cutter serves one answer; not thread-safe.
/// </summary>
public sealed class ClauseCutter(ClauseCutterOptions? options = null)
{
    private readonly ClauseCutterOptions _options = options ?? new ClauseCutterOptions();
    private readonly StringBuilder _pending = new();
    private int _index;
    private int _end;

    /// <summary>Takes the next piece of the answer and hands out the clauses that it completes.</summary>
    public IEnumerable<Clause> Push(string delta)
    {
        ArgumentNullException.ThrowIfNull(delta);
        _pending.Append(delta);
        return Cut(complete: false);
    }

    /// <summary>Says that the answer is complete and hands out what is left; its last clause has <see cref="Clause.IsLast"/>.</summary>
    public IEnumerable<Clause> Complete() => Cut(complete: true);

    private List<Clause> Cut(bool complete)
    {
        List<Clause> clauses = [];
        while (Next(_pending.ToString(), complete) is { } cut)
        {
            clauses.Add(Take(cut.End, isCut: !cut.EndsSentence, isLast: false));
        }

        if (complete && Words.IsSpeakable(_pending.ToString()))
        {
            clauses.Add(Take(_pending.Length, isCut: false, isLast: true));
        }

        return clauses;
    }

    private Boundary? Next(string text, bool complete)
    {
        List<Boundary> boundaries = [.. Boundaries.In(text, complete)];
        for (var i = 0; i < boundaries.Count; i++)
        {
            // The last clause waits for Complete, which alone knows that it is the last.
            var end = boundaries[i].End;
            if (Words.IsSpeakable(text.AsSpan(0, end)) && Words.IsSpeakable(text.AsSpan(end)) && IsWanted(text, boundaries, i))
            {
                return CutByWords(text[..end]) ?? boundaries[i];
            }
        }

        return CutByWords(text);
    }

    private bool IsWanted(string text, List<Boundary> boundaries, int at)
    {
        if (boundaries[at].EndsSentence)
        {
            return true;
        }

        var (end, first) = (boundaries[at].End, _index == 0 && _options.FirstClauseWords > 0);
        var sentenceEnd = boundaries.Find(later => later.EndsSentence && later.End > end) is { End: > 0 } found ? found.End : text.Length;

        // Of "In short, yes." nothing is gained by speaking "yes" alone.
        return Words.In(text[..end]).Count >= (first ? 2 : _options.LongClauseWords) && Words.In(text[end..sentenceEnd]).Count >= 2;
    }

    /// <summary>A cut by words inside a piece that has no better place to end.</summary>
    private Boundary? CutByWords(string text)
    {
        if (_index == 0 && _options.FirstClauseWords > 0)
        {
            return WordCut.Find(text, _options.FirstClauseWords);
        }

        var words = Words.In(text);
        var end = words.Count > _options.MaximumWords + 1 ? words[_options.MaximumWords - 1].End.Value : 0;
        return end > 0 && WordCut.IsClosed(text.AsSpan(0, end)) ? new Boundary(end, EndsSentence: false) : null;
    }

    private Clause Take(int length, bool isCut, bool isLast)
    {
        var text = _pending.ToString(0, length).Trim();
        _pending.Remove(0, length);
        _end += length;
        return new Clause(text, _index++, isCut, isLast) { End = _end };
    }
}
