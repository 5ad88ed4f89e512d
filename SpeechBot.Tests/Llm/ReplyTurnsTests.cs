using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SpeechBot.Llm.Prompts;
using SpeechBot.Llm.Replies;
using SpeechBot.ServiceDefaults.Cores;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Llm;

/// <summary>Who gets words when, if several ask at once.</summary>
[Collection(nameof(Brain))]
public sealed class ReplyTurnsTests(Brain brain)
{
    // Of the scheduler: as many tokens as a first clause mostly has.
    private const int FirstWords = 6;

    [Fact]
    public Task One_after_the_other_gets_to_its_first_words() => WithoutContext(async () =>
    {
        string[] questions = ["Tell me about the sea.", "Tell me about the moon.", "Tell me about the sun."];
        var listeners = questions.Select(question => new Listener(brain.Scheduler, question, 40)).ToList();
        foreach (var (before, next) in listeners.Zip(listeners.Skip(1)))
        {
            await next.HearAsync();
            await before.HearWhatIsThereAsync();
            Assert.InRange(before.Heard, FirstWords - 1, 40);
        }

        foreach (var listener in listeners)
        {
            await listener.DisposeAsync();
        }
    });

    [Fact]
    public Task Who_has_first_words_holds_still_until_another_has_them_too() => WithoutContext(async () =>
    {
        await using var scheduler = await StartAsync(new FakeTimeProvider());
        await using var first = new Listener(scheduler, "Tell me about the sea.", FirstWords + 1);
        await using var second = new Listener(scheduler, "Tell me about the moon.", FirstWords - 1);

        while (await first.HearAsync())
        {
        }

        // The first one's last token came after all of the second's.
        await second.HearAsync();
        await second.HearWhatIsThereAsync();
        Assert.Equal(FirstWords - 1, second.Heard);
    });

    [Fact]
    public Task Who_has_been_heard_for_a_second_writes_on_while_another_begins() => WithoutContext(async () =>
    {
        var time = new FakeTimeProvider();
        await using var scheduler = await StartAsync(time);
        await using var first = new Listener(scheduler, "Tell me about the sea.", 60);
        while (first.Heard < FirstWords)
        {
            await first.HearAsync();
        }

        time.Advance(TimeSpan.FromSeconds(1));
        await first.HearWhatIsThereAsync();
        var before = first.Heard;
        await using var second = new Listener(scheduler, "Tell me about the moon.", FirstWords - 1);
        while (await second.HearAsync())
        {
        }

        await first.HearWhatIsThereAsync();
        Assert.InRange(first.Heard - before, FirstWords - 2, 60);
    });

    /// <summary>What was written is heard at once, not when the test runner has a thread for it.</summary>
    private static Task WithoutContext(Func<Task> test) => Task.Run(test, TestContext.Current.CancellationToken);

    /// <summary>A scheduler of its own, whose clock a test moves.</summary>
    private async Task<ReplyScheduler> StartAsync(TimeProvider time)
    {
        var services = brain.Services;
        var options = services.GetRequiredService<IOptions<ReplyOptions>>();
        var scheduler = new ReplyScheduler(
            options,
            services.GetRequiredService<ModelReadiness>(),
            services.GetRequiredService<CoreLease>(),
            services.GetRequiredService<ReplyTelemetry>(),
            time,
            services.GetRequiredService<ILogger<ReplyScheduler>>());
        scheduler.Start(await LlamaModel.LoadAsync(
            TestModels.StarterBrain, options.Value, id: null, template: null, gpu: false, services.GetRequiredService<EngineLog>(), new Progress<float>(), TestContext.Current.CancellationToken));
        return scheduler;
    }

    /// <summary>Counts the words of one reply.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<ReplyEvent> _events;
        private Task<bool> _next;

        public Listener(ReplyScheduler scheduler, string question, int tokens)
        {
            var request = new ReplyRequest([new ChatTurn(ChatTurn.User, question)], tokens, new SamplingSettings(0, 1), [], null);
            _events = scheduler.ReplyAsync(request, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
            _next = _events.MoveNextAsync().AsTask();
        }

        public int Heard { get; private set; }

        /// <summary>Waits for the next event. False at the end.</summary>
        public async Task<bool> HearAsync()
        {
            var more = await _next;
            Heard += more && _events.Current is ReplyText ? 1 : 0;
            _next = more ? _events.MoveNextAsync().AsTask() : _next;
            return more;
        }

        public async Task HearWhatIsThereAsync()
        {
            while (_next.IsCompletedSuccessfully && await HearAsync())
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            while (await HearAsync())
            {
            }

            await _events.DisposeAsync();
        }
    }
}
