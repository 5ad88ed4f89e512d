using Microsoft.Extensions.DependencyInjection;
using SpeechBot.Tests.Support;
using SpeechBot.Web.Conversations;
using SpeechBot.Web.History;
using StackExchange.Redis;

namespace SpeechBot.Tests.Web;

/// <summary>The history on a real Redis-protocol server, which may be away.</summary>
public sealed class HistoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_said_survives_a_restart()
    {
        using var redis = new EmbeddedRedis();
        redis.Start();
        string id;
        await using (var talk = await StartAsync(redis))
        {
            id = await SayAsync(talk, "Who are you?");
            await WrittenAsync(redis);
        }

        await using var again = await StartAsync(redis);
        var history = again.Services.GetRequiredService<IConversationStore>();
        var listed = Assert.Single(await history.ListAsync(VoiceSessions.LocalOwner, Cancel));
        var loaded = await history.LoadAsync(VoiceSessions.LocalOwner, id, Cancel);

        Assert.Equal((id, "Who are you?", 1), (listed.Id, listed.Title, listed.Turns));
        var turn = Assert.Single(loaded!.Turns);
        Assert.Equal(("Who are you?", again.Engines.Reply, again.Engines.Reply, TurnState.Done), (turn.UserText, turn.BotText, turn.HeardText, turn.State));
        Assert.Null(await history.LoadAsync("somebody else", id, Cancel));
    }

    [Fact]
    public async Task A_talk_is_found_renamed_and_deleted()
    {
        using var redis = new EmbeddedRedis();
        redis.Start();
        await using var talk = await StartAsync(redis);
        var history = talk.Services.GetRequiredService<IConversationStore>();
        var id = await SayAsync(talk, "Who are you?");
        await WrittenAsync(redis);

        Assert.Equal(id, Assert.Single(await history.SearchAsync(VoiceSessions.LocalOwner, "river seine", Cancel)).Id);
        Assert.Empty(await history.SearchAsync(VoiceSessions.LocalOwner, "london", Cancel));
        await history.RenameAsync(VoiceSessions.LocalOwner, id, "Paris", Cancel);
        Assert.Equal("Paris", Assert.Single(await history.ListAsync(VoiceSessions.LocalOwner, Cancel)).Title);
        await history.DeleteAsync(VoiceSessions.LocalOwner, id, Cancel);
        Assert.Empty(await history.ListAsync(VoiceSessions.LocalOwner, Cancel));

        // Nothing of it may stay behind, nor be kept longer than promised.
        using var direct = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        Assert.Empty(direct.GetServers()[0].Keys(pattern: "speechbot:*conversation:*").Select(key => key.ToString()));
    }

    [Fact]
    public async Task Keys_expire_after_the_days_that_are_promised()
    {
        using var redis = new EmbeddedRedis();
        redis.Start();
        await using var talk = await StartAsync(redis);
        await SayAsync(talk, "Who are you?");
        await WrittenAsync(redis);

        using var direct = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var lives = direct.GetServers()[0].Keys(pattern: "speechbot:*").Select(key => direct.GetDatabase().KeyTimeToLive(key)).ToList();

        Assert.Equal(3, lives.Count);
        Assert.All(lives, life => Assert.InRange(life!.Value, TimeSpan.FromDays(29), TimeSpan.FromDays(30)));
    }

    [Fact]
    public async Task However_fast_the_states_of_a_turn_follow_each_other_the_last_one_stays()
    {
        using var redis = new EmbeddedRedis();
        redis.Start();
        await using var talk = await StartAsync(redis);
        var history = talk.Services.GetRequiredService<IConversationStore>();
        using var direct = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        foreach (var number in Enumerable.Range(0, 200))
        {
            var conversation = new Conversation($"conv_{number}", DateTimeOffset.UnixEpoch);
            var turn = new Turn("turn", DateTimeOffset.UnixEpoch) { UserText = "Who are you?" };
            conversation.Add(turn);
            var writes = new List<Task>();
            foreach (var state in (TurnState[])[TurnState.Thinking, TurnState.Speaking, TurnState.Done])
            {
                turn.State = state;
                writes.Add(Task.Run(() => history.SaveTurnAsync("fast", conversation, turn, Cancel), Cancel));
                Thread.SpinWait(number * 100);
            }

            await Task.WhenAll(writes);
            var stored = Assert.Single(await direct.GetDatabase().HashValuesAsync(HistoryKeys.Turns("fast", conversation.Id)));
            Assert.Contains($"\"State\":{(int)TurnState.Done}", stored.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task While_the_cache_is_away_the_talk_goes_on_and_is_written_later()
    {
        using var redis = new EmbeddedRedis();
        await using var talk = await StartAsync(redis);
        var history = talk.Services.GetRequiredService<IConversationStore>();

        var id = await SayAsync(talk, "Who are you?");
        await Eventually.TrueAsync(() => !history.Saving);
        Assert.Equal(id, Assert.Single(await history.ListAsync(VoiceSessions.LocalOwner, Cancel)).Id);

        redis.Start();
        await WrittenAsync(redis);
        await Eventually.TrueAsync(() => history.Saving);
    }

    [Fact]
    public async Task Two_pages_on_one_talk_see_the_same()
    {
        using var redis = new EmbeddedRedis();
        redis.Start();
        await using var talk = await StartAsync(redis);
        var id = await SayAsync(talk, "Who are you?");

        await using var first = await talk.OpenSessionAsync(id);
        await using var second = await talk.OpenSessionAsync(id);

        Assert.Same(first.Conversation, second.Conversation);
    }

    private static Task<Talk> StartAsync(EmbeddedRedis redis) => Talk.StartAsync(settings: ("ConnectionStrings:cache", redis.ConnectionString));

    private static async Task<string> SayAsync(Talk talk, string text)
    {
        await using var session = await talk.OpenSessionAsync();
        await session.SayAsync(text);
        await Eventually.TrueAsync(() => session.Conversation.Turns is [{ State: TurnState.Done }]);
        return session.Conversation.Id;
    }

    private static async Task WrittenAsync(EmbeddedRedis redis)
    {
        using var direct = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await Eventually.TrueAsync(() => direct.GetServers()[0].Keys(pattern: "speechbot:*:turns") is var found && found.Any(key =>
            direct.GetDatabase().HashValues(key).Any(turn => turn.ToString().Contains($"\"State\":{(int)TurnState.Done}", StringComparison.Ordinal))));
    }
}
