using System.Globalization;
using Microsoft.Extensions.Options;
using SpeechBot.Web.Conversations;
using StackExchange.Redis;

namespace SpeechBot.Web.History;

/// <summary>Talks in Redis. Throws when Redis is away: <see cref="ConversationHistory"/> deals with that.</summary>
internal sealed class RedisHistory(IConnectionMultiplexer redis, IOptions<HistoryOptions> options)
{
    private const string Title = "title";
    private const string Created = "created";
    private const string Updated = "updated";
    private const string Voice = "voice";
    private const string SystemPrompt = "system_prompt";

    // Nobody scrolls further; an unbounded list would be read whole for each look.
    private const int MaxListed = 500;

    private TimeSpan Keep => TimeSpan.FromDays(options.Value.KeepDays);

    private IDatabase Database => redis.GetDatabase();

    internal Task PingAsync() => Database.PingAsync();

    /// <summary>Writes a turn and its talk in one transaction; a repeat changes nothing. Throws when any part of it was not written.</summary>
    internal async Task SaveAsync(string owner, Conversation conversation, Turn turn)
    {
        var (key, turns, all) = (HistoryKeys.Conversation(owner, conversation.Id), HistoryKeys.Turns(owner, conversation.Id), HistoryKeys.Conversations(owner));
        var updated = conversation.Updated.ToUnixTimeMilliseconds();
        var write = Database.CreateTransaction();
        Task[] parts =
        [
            write.HashSetAsync(key,
            [
                new(Title, conversation.Title),
                new(Created, conversation.Created.ToUnixTimeMilliseconds()),
                new(Updated, updated),
                new(Voice, conversation.Voice ?? ""),
                new(SystemPrompt, conversation.SystemPrompt),
            ]),
            write.HashSetAsync(turns, turn.Id, StoredTurn.Write(turn)),
            write.SortedSetAddAsync(all, conversation.Id, updated),
            write.SortedSetRemoveRangeByScoreAsync(all, double.NegativeInfinity, updated - Keep.TotalMilliseconds),
            write.KeyExpireAsync(key, Keep),
            write.KeyExpireAsync(turns, Keep),
            write.KeyExpireAsync(all, Keep),
        ];
        if (!await write.ExecuteAsync())
        {
            throw new RedisException("Redis did not take the turn.");
        }

        await Task.WhenAll(parts);
    }

    internal async Task<IReadOnlyList<ConversationSummary>> ListAsync(string owner)
    {
        var ids = await Database.SortedSetRangeByRankAsync(HistoryKeys.Conversations(owner), 0, MaxListed - 1, Order.Descending);
        var found = await Task.WhenAll(ids.Select(id => SummaryAsync(owner, id.ToString())));
        return [.. found.OfType<ConversationSummary>()];
    }

    internal async Task<IReadOnlyList<ConversationSummary>> SearchAsync(string owner, string text)
    {
        var all = await ListAsync(owner);
        var hits = await Task.WhenAll(all.Select(async summary => summary.Title.Contains(text, StringComparison.OrdinalIgnoreCase) || await IsSaidAsync(owner, summary.Id, text)));
        return [.. all.Where((_, index) => hits[index])];
    }

    internal async Task<Conversation?> LoadAsync(string owner, string id)
    {
        var fields = ToMap(await Database.HashGetAllAsync(HistoryKeys.Conversation(owner, id)));
        if (fields.Count == 0)
        {
            return null;
        }

        var conversation = new Conversation(id, At(fields, Created))
        {
            Title = fields.GetValueOrDefault(Title, Conversation.Untitled),
            Updated = At(fields, Updated),
            Voice = fields.GetValueOrDefault(Voice) is { Length: > 0 } voice ? voice : null,
            SystemPrompt = fields.GetValueOrDefault(SystemPrompt, SessionSettings.DefaultSystemPrompt),
        };
        foreach (var turn in (await TurnsAsync(owner, id)).OrderBy(turn => turn.StartedAt))
        {
            conversation.Add(turn);
        }

        return conversation;
    }

    internal async Task RenameAsync(string owner, string id, string title)
    {
        var key = HistoryKeys.Conversation(owner, id);
        var write = Database.CreateTransaction();
        write.AddCondition(Condition.KeyExists(key));
        _ = write.HashSetAsync(key, Title, title);
        await write.ExecuteAsync();
    }

    internal async Task DeleteAsync(string owner, string id)
    {
        var write = Database.CreateTransaction();
        _ = write.KeyDeleteAsync([HistoryKeys.Conversation(owner, id), HistoryKeys.Turns(owner, id)]);
        _ = write.SortedSetRemoveAsync(HistoryKeys.Conversations(owner), id);
        await write.ExecuteAsync();
    }

    private async Task<ConversationSummary?> SummaryAsync(string owner, string id)
    {
        var fields = Database.HashGetAllAsync(HistoryKeys.Conversation(owner, id));
        var turns = Database.HashLengthAsync(HistoryKeys.Turns(owner, id));
        var map = ToMap(await fields);
        return map.Count == 0 ? null : new ConversationSummary(id, map.GetValueOrDefault(Title, Conversation.Untitled), At(map, Created), At(map, Updated), (int)await turns);
    }

    private async Task<bool> IsSaidAsync(string owner, string id, string text) =>
        (await TurnsAsync(owner, id)).Any(turn => turn.Mentions(text));

    private async Task<IEnumerable<Turn>> TurnsAsync(string owner, string id) =>
        (await Database.HashValuesAsync(HistoryKeys.Turns(owner, id))).Select(value => StoredTurn.Read(value.ToString()));

    private static Dictionary<string, string> ToMap(HashEntry[] entries) => entries.ToDictionary(entry => entry.Name.ToString(), entry => entry.Value.ToString());

    private static DateTimeOffset At(Dictionary<string, string> fields, string field) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields.GetValueOrDefault(field, "0"), CultureInfo.InvariantCulture));
}
