using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.Bench.Talking;
using SpeechBot.Tests.Support;
using StackExchange.Redis;

namespace SpeechBot.Tests.EndToEnd;

[Collection(nameof(EndToEndCollection))]
public sealed class CrashTests(AppHostFixture system)
{
    [Theory]
    [InlineData("stt")]
    [InlineData("llm")]
    [InlineData("tts")]
    public async Task A_service_that_dies_in_mid_turn_is_told_of_in_words_and_comes_back(string service)
    {
        var question = TestAudio.Read("capital-of-france.wav");
        await using var talker = await Talker.StartAsync(system.Web, "streamed", handsFree: false, TestContext.Current.CancellationToken);
        var asking = talker.SayAsync("capital-of-france.wav", question, TestContext.Current.CancellationToken);

        // At its last word: had it died earlier, it might be back by the time that it is needed.
        await Task.Delay(VoicedPart.End(question), TimeProvider.System, TestContext.Current.CancellationToken);
        await system.KillAsync(service);
        var failed = await asking;

        Assert.NotNull(failed.Error);
        Assert.DoesNotContain("Exception", failed.Error);
        Assert.DoesNotContain("no answer within", failed.Error);

        await system.HealthyAsync(service);
        var turn = await talker.SayAsync("capital-of-france.wav", question, TestContext.Current.CancellationToken);

        Assert.Null(turn.Error);
        Assert.Contains("Paris", turn.Answer);
    }

    [Fact]
    public async Task A_memory_that_dies_in_mid_turn_does_not_end_the_talk_and_is_told_later_what_it_missed()
    {
        var question = TestAudio.Read("spider-legs.wav");
        var before = await RememberedAsync("How many legs does a spider have?");
        await using var talker = await Talker.StartAsync(system.Web, "streamed", handsFree: false, TestContext.Current.CancellationToken);
        var asking = talker.SayAsync("spider-legs.wav", question, TestContext.Current.CancellationToken);

        await Task.Delay(VoicedPart.End(question), TimeProvider.System, TestContext.Current.CancellationToken);
        await system.KillAsync("cache");
        var turn = await asking;

        Assert.Null(turn.Error);
        await system.HealthyAsync("cache");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await RememberedAsync(turn.Transcript) <= before)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    [Fact]
    public async Task A_restart_by_the_dashboards_command_is_no_crash()
    {
        var before = await RestartsAsync("tts");

        var done = await system.Application.Services.GetRequiredService<ResourceCommandService>()
            .ExecuteCommandAsync("tts", KnownResourceCommands.RestartCommand, TestContext.Current.CancellationToken);
        Assert.True(done.Success);
        await system.HealthyAsync("tts");

        await using var talker = await Talker.StartAsync(system.Web, "streamed", handsFree: false, TestContext.Current.CancellationToken);
        var turn = await talker.SayAsync("capital-of-france.wav", TestAudio.Read("capital-of-france.wav"), TestContext.Current.CancellationToken);

        Assert.Null(turn.Error);
        Assert.Equal(before, await RestartsAsync("tts"));
    }

    /// <summary>How often a service was started again after a crash, as the dashboard shows it; null for never.</summary>
    private async Task<object?> RestartsAsync(string service)
    {
        var now = await system.Application.ResourceNotifications.WaitForResourceAsync(service, _ => true, TestContext.Current.CancellationToken);
        return now.Snapshot.Properties.FirstOrDefault(property => property.Name == "Restarts")?.Value;
    }

    /// <summary>How many turns in the cache hold these words.</summary>
    private async Task<int> RememberedAsync(string words)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await system.Application.GetConnectionStringAsync("cache", TestContext.Current.CancellationToken))!);
        var database = redis.GetDatabase();
        return redis.GetServers().SelectMany(server => server.Keys(pattern: "speechbot:*:turns"))
            .SelectMany(turns => database.HashValues(turns)).Count(turn => turn.ToString().Contains(words, StringComparison.Ordinal));
    }
}
