using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Components.Talk;

/// <summary>A piece of an answer's text and how far the voice is with it.</summary>
public sealed record Caption(string Text, CaptionProgress Progress);

/// <summary>An answer's text → pieces that follow the voice. Put together they are the text again, letter for letter.</summary>
public static class Captions
{
    /// <summary>The pieces of <paramref name="turn"/>'s answer, in order.</summary>
    public static IReadOnlyList<Caption> Of(Turn turn) => turn.State switch
    {
        TurnState.Done or TurnState.Failed or TurnState.Idle => [new(turn.BotText, CaptionProgress.Heard)],
        TurnState.Interrupted => Interrupted(turn.BotText, turn.HeardText),
        _ => Following(turn.BotText, turn.Clauses, turn.SpokenClauseIndex),
    };

    private static IReadOnlyList<Caption> Interrupted(string text, string heard)
    {
        var length = text.StartsWith(heard, StringComparison.Ordinal) ? heard.Length : 0;
        return Pieces((text[..length], CaptionProgress.Heard), (text[length..], CaptionProgress.Unheard));
    }

    private static IReadOnlyList<Caption> Following(string text, IReadOnlyList<SpokenClause> clauses, int spoken)
    {
        if (spoken < 0 || spoken >= clauses.Count)
        {
            return [new(text, CaptionProgress.Coming)];
        }

        // A piece for each clause, and for what lies between two: so a piece stays where it is while the voice goes on, and only its colour
        // changes. A browser counts a text that begins elsewhere as one that jumped.
        List<(string Text, CaptionProgress Progress)> pieces = [];
        var end = 0;
        foreach (var (index, clause) in clauses.Index())
        {
            // A clause is text that was cut out of the answer, at most with other white space around it.
            var words = clause.Text.Trim();
            var at = text.IndexOf(words, end, StringComparison.Ordinal);
            if (at < 0 && index <= spoken)
            {
                return [new(text, CaptionProgress.Heard)];
            }

            if (at < 0)
            {
                break;
            }

            pieces.Add((text[end..at], index <= spoken ? CaptionProgress.Heard : CaptionProgress.Coming));
            end = at + words.Length;
            pieces.Add((text[at..end], index < spoken ? CaptionProgress.Heard : index == spoken ? CaptionProgress.Speaking : CaptionProgress.Coming));
        }

        return Pieces([.. pieces, (text[end..], CaptionProgress.Coming)]);
    }

    private static Caption[] Pieces(params IEnumerable<(string Text, CaptionProgress Progress)> pieces) =>
        [.. pieces.Where(piece => piece.Text.Length > 0).Select(piece => new Caption(piece.Text, piece.Progress))];
}
