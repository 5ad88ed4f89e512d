using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.Tests.Support;
using SpeechBot.Web.Keys;
using StackExchange.Redis;

namespace SpeechBot.Tests.Web;

/// <summary>What the page seals, on a real Redis-protocol server, which may be away.</summary>
public sealed class KeyRingTests
{
    [Fact]
    public async Task What_one_replica_seals_another_one_opens()
    {
        using var redis = new EmbeddedRedis();
        redis.Start();
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis);

        Assert.Equal("hello", Protector(second).Unprotect(Protector(first).Protect("hello")));
    }

    [Fact]
    public async Task While_the_cache_is_away_the_page_works_and_its_keys_are_written_later()
    {
        using var redis = new EmbeddedRedis();
        await using var first = await StartAsync(redis);
        var note = Protector(first).Protect("hello");
        Assert.Equal("hello", Protector(first).Unprotect(note));

        redis.Start();
        using var direct = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await Eventually.TrueAsync(() => direct.GetDatabase().ListLength(KeyRing.Key) > 0);

        await using var second = await StartAsync(redis);
        Assert.Equal("hello", Protector(second).Unprotect(note));
    }

    [Fact]
    public async Task A_key_whose_writing_was_confirmed_late_and_repeated_is_one_key()
    {
        using var redis = new EmbeddedRedis();
        redis.Start();
        await using var first = await StartAsync(redis);
        var note = Protector(first).Protect("hello");
        using var direct = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await direct.GetDatabase().ListRightPushAsync(KeyRing.Key, await direct.GetDatabase().ListGetByIndexAsync(KeyRing.Key, 0));

        await using var second = await StartAsync(redis);
        Assert.Equal("hello", Protector(second).Unprotect(note));
    }

    private static Task<Talk> StartAsync(EmbeddedRedis redis) => Talk.StartAsync(settings: ("ConnectionStrings:cache", redis.ConnectionString));

    private static IDataProtector Protector(Talk talk) => talk.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
