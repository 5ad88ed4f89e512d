using System.Collections.Concurrent;
using System.Diagnostics;
using SpeechBot.Web.Conversations;
using StackExchange.Redis;

namespace SpeechBot.Web.History;

/// <summary>
/// The history as the talks see it: Redis where it answers, else what this process knows. Turns that could not be written are kept
/// and written when Redis is back. A talk that is open here exists once, so that two pages see the same one grow.
/// </summary>
internal sealed class ConversationHistory(TimeProvider time, ILogger<ConversationHistory> logger, RedisHistory? redis = null) : BackgroundService, IConversationStore
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string Owner, string Id), WeakReference<Conversation>> _open = new();
    private readonly ConcurrentDictionary<(string Owner, string Conversation, string Turn), (Conversation Conversation, Turn Turn)> _missed = new();

    // Two states of one turn may come shortly after each other: whichever is written last stays.
    private readonly SemaphoreSlim _writing = new(1);

    public bool Saving { get; private set; } = redis is not null;

    public event Action? SavingChanged;

    public event Action<string>? Changed;

    public async Task<IReadOnlyList<ConversationSummary>> ListAsync(string owner, CancellationToken cancellationToken = default) =>
        await AskAsync(history => history.ListAsync(owner)) ?? Known(owner, _ => true);

    public async Task<IReadOnlyList<ConversationSummary>> SearchAsync(string owner, string text, CancellationToken cancellationToken = default) =>
        await AskAsync(history => history.SearchAsync(owner, text))
        ?? Known(owner, conversation => conversation.Title.Contains(text, StringComparison.OrdinalIgnoreCase) || conversation.Turns.Any(turn => turn.Mentions(text)));

    public async Task<Conversation?> LoadAsync(string owner, string id, CancellationToken cancellationToken = default)
    {
        if (FindOpen(owner, id) is { } open)
        {
            return open;
        }

        return await AskAsync(history => history.LoadAsync(owner, id)) is { } stored ? Remember(owner, stored) : null;
    }

    public async Task SaveTurnAsync(string owner, Conversation conversation, Turn turn, CancellationToken cancellationToken = default)
    {
        if (conversation.IsDeleted)
        {
            return;
        }

        Remember(owner, conversation);
        if (redis is null)
        {
            TellChanged(owner);
            return;
        }

        _missed[(owner, conversation.Id, turn.Id)] = (conversation, turn);
        if (Saving)
        {
            await WriteMissedAsync();
        }

        TellChanged(owner);
    }

    public async Task RenameAsync(string owner, string id, string title, CancellationToken cancellationToken = default)
    {
        if (FindOpen(owner, id) is { } open)
        {
            open.Title = title;
            open.NotifyChanged();
        }

        await TellAsync(history => history.RenameAsync(owner, id, title));
        TellChanged(owner);
    }

    public async Task DeleteAsync(string owner, string id, CancellationToken cancellationToken = default)
    {
        FindOpen(owner, id)?.IsDeleted = true;
        _open.TryRemove((owner, id), out _);
        foreach (var missed in _missed.Keys.Where(key => key.Owner == owner && key.Conversation == id))
        {
            _missed.TryRemove(missed, out _);
        }

        await TellAsync(history => history.DeleteAsync(owner, id));
        TellChanged(owner);
    }

    /// <summary>Whoever lists the talks again now does so for itself: that is no part of the turn that was saved, nor of its trace.</summary>
    private void TellChanged(string owner)
    {
        var outer = Activity.Current;
        Activity.Current = null;
        try
        {
            Changed?.Invoke(owner);
        }
        finally
        {
            Activity.Current = outer;
        }
    }

    /// <summary>While Redis is away, looks whether it is back.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TryAgain, time);
        while (redis is not null && await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!Saving || !_missed.IsEmpty)
            {
                await WriteMissedAsync();
            }
        }
    }

    /// <summary>The last chance to write what was missed.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!_missed.IsEmpty)
        {
            await WriteMissedAsync();
        }
    }

    private async Task WriteMissedAsync()
    {
        await _writing.WaitAsync();
        try
        {
            await WriteMissedInOrderAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteMissedInOrderAsync()
    {
        var (back, written) = (!Saving, 0);
        await TellAsync(async history =>
        {
            await history.PingAsync();
            foreach (var (key, missed) in _missed)
            {
                // Taken out first: a change that comes while this one is written puts it in again.
                if (_missed.TryRemove(key, out _))
                {
                    try
                    {
                        await history.SaveAsync(key.Owner, missed.Conversation, missed.Turn);
                        written++;
                    }
                    catch
                    {
                        _missed.TryAdd(key, missed);
                        throw;
                    }
                }
            }
        });
        if (back && Saving)
        {
            logger.HistoryBack(written);
        }
    }

    private async Task TellAsync(Func<RedisHistory, Task> act) => await AskAsync(async history =>
    {
        await act(history);
        return true;
    });

    private async Task<T?> AskAsync<T>(Func<RedisHistory, Task<T>> ask)
    {
        if (redis is null)
        {
            return default;
        }

        try
        {
            var answer = await ask(redis);
            Became(saving: true);
            return answer;
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            if (Saving)
            {
                logger.HistoryAway(away.Message);
            }

            Became(saving: false);
            return default;
        }
    }

    private void Became(bool saving)
    {
        if (Saving != saving)
        {
            Saving = saving;
            SavingChanged?.Invoke();
        }
    }

    private Conversation? FindOpen(string owner, string id) => _open.TryGetValue((owner, id), out var held) && held.TryGetTarget(out var open) ? open : null;

    private Conversation Remember(string owner, Conversation conversation)
    {
        if (FindOpen(owner, conversation.Id) is { } open)
        {
            return open;
        }

        _open[(owner, conversation.Id)] = new WeakReference<Conversation>(conversation);
        return conversation;
    }

    private List<ConversationSummary> Known(string owner, Func<Conversation, bool> wanted) =>
    [
        .. _open.Keys.Where(key => key.Owner == owner).Select(key => FindOpen(key.Owner, key.Id)).OfType<Conversation>().Where(wanted)
            .OrderByDescending(conversation => conversation.Updated)
            .Select(conversation => new ConversationSummary(conversation.Id, conversation.Title, conversation.Created, conversation.Updated, conversation.Turns.Count)),
    ];
}
