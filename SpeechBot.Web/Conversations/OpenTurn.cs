using System.Collections.Immutable;
using System.Diagnostics;

namespace SpeechBot.Web.Conversations;

/// <summary>A turn that is not over: its span, and what has been said of it so far. It outlives a run whose answer was withdrawn.</summary>
internal sealed class OpenTurn(Turn turn, Activity? activity)
{
    internal Turn Turn { get; } = turn;

    internal Activity? Activity { get; } = activity;

    /// <summary>What was said, in order; each is transcribed on its own. Replaced whole: a run may read it while the ears hear more.</summary>
    internal ImmutableList<Utterance> Said { get; private set; } = [];

    /// <summary>All that was said, as one text.</summary>
    internal async Task<string> WordsAsync(CancellationToken cancellationToken) =>
        Join(await Task.WhenAll(Said.Select(utterance => utterance.Words)).WaitAsync(cancellationToken));

    /// <summary>What is known of the text when this item begins so.</summary>
    internal string WordsSoFar(string itemId, string beginning) =>
        Join([.. Said.Where(utterance => utterance.ItemId != itemId && utterance.Words.IsCompletedSuccessfully).Select(utterance => utterance.Words.Result), beginning]);

    private static string Join(IEnumerable<string> words) => string.Join(' ', words.Where(text => text.Length > 0));

    /// <summary>Forgets the answer, because the person went on speaking.</summary>
    internal void Reopen()
    {
        (Turn.BotText, Turn.HeardText, Turn.Failure, Turn.AnswerItemId) = ("", "", null, null);
        (Turn.Clauses, Turn.SpokenClauseIndex, Turn.State) = ([], -1, TurnState.Listening);
        Turn.Timings = new TurnTimings { Spoken = Turn.Timings.Spoken };
    }

    /// <summary>Adds something that was said; under the same item it takes the place of what was understood before.</summary>
    internal void Add(Utterance utterance, string itemId)
    {
        Said = Said.RemoveAll(said => said.ItemId == itemId).Add(utterance);
        Turn.UserItemId = itemId;
        Turn.Timings = new TurnTimings { Spoken = Said.Sum(said => said.Spoken.TotalMilliseconds), LastVoiced = 0 };
    }

    /// <summary>What was understood of this item was not all of it, or nothing.</summary>
    internal void Remove(string? itemId) => Said = Said.RemoveAll(said => said.ItemId == itemId);

    internal void Abandon()
    {
        foreach (var utterance in Said)
        {
            utterance.Cancel.Cancel();
        }
    }
}
