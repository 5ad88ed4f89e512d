using System.Diagnostics;

namespace SpeechBot.Web.Conversations;

/// <summary>What happens behind a turn: it is saved, and the brain reads ahead.</summary>
public sealed partial class VoiceSession
{
    private CancellationTokenSource _ahead = new();

    /// <summary>Lets the brain read the conversation while nobody waits, so that the next turn only costs its own words.</summary>
    /// <param name="words">What is said now and will not change any more, so that the turn costs only what comes after it.</param>
    internal void ComputeAhead(string words = "")
    {
        if (_disposed || !_services.Brain.CanPrefill)
        {
            return;
        }

        _ahead.Cancel();
        var ahead = _ahead = new CancellationTokenSource();
        var prompt = BrainPrompt.For(Conversation, Settings.SystemPrompt, _services.Brain.HistoryTurns, words.Length > 0 ? Open().Turn : null, words);
        var outer = Activity.Current;
        Activity.Current = null;
        _ = Task.Run(() => _services.Brain.PrefillAsync(prompt, Conversation.Id, ahead.Token), ahead.Token);
        Activity.Current = outer;
    }

    private Task StopComputingAheadAsync() => _ahead.CancelAsync();

    private void Save(Turn turn)
    {
        if (turn.UserText.Length == 0)
        {
            return;
        }

        if (Conversation.Title == Conversation.Untitled)
        {
            Conversation.Title = TitleOf(turn.UserText);
        }

        Conversation.Updated = _services.Time.GetUtcNow();
        _ = _services.History.SaveTurnAsync(Owner, Conversation, turn);
    }

    private static string TitleOf(string text)
    {
        const int longest = 48;
        if (text.Length <= longest)
        {
            return text;
        }

        var cut = text.LastIndexOf(' ', longest);
        return text[..(cut > longest / 2 ? cut : longest)] + "…";
    }
}
