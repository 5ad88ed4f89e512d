using LLama.Native;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SpeechBot.Llm.Prompts;
using SpeechBot.Llm.Replies;
using SpeechBot.ServiceDefaults.Cores;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.Text;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Llm;

/// <summary>Who gets words when, if several ask at once.</summary>
[Collection(nameof(Brain))]
public sealed class ReplyTurnsTests(Brain brain)
{
    private const string Sea = "Tell me about the sea.";
    private const string Moon = "Tell me about the moon.";

    // Tokens of an answer that goes on for many seconds, however late this test looks at it.
    private const int Long = 1_500;

    [Fact]
    public Task One_after_the_other_gets_to_its_first_clause() => WithoutContext(async () =>
    {
        string[] questions = [Sea, Moon, "Tell me about the sun."];
        var listeners = questions.Select(question => new Listener(brain.Scheduler, question, 40)).ToList();
        foreach (var (before, next) in listeners.Zip(listeners.Skip(1)))
        {
            await next.HearAsync();
            await before.HearAllSoFarAsync();
            Assert.True(before.HasClause);
        }

        foreach (var listener in listeners)
        {
            await listener.DisposeAsync();
        }
    });

    [Fact]
    public Task Who_has_a_first_clause_holds_still_until_another_has_one_too() => WithoutContext(async () =>
    {
        await using var scheduler = await StartAsync(new FakeTimeProvider());
        var clause = await FirstClauseAsync(scheduler, Sea);
        var less = await FirstClauseAsync(scheduler, Moon) - 1;
        await using var first = new Listener(scheduler, Sea, clause + 1);
        await using var second = new Listener(scheduler, Moon, less);

        while (await first.HearAsync())
        {
        }

        // The first one's last token came after all of the second's.
        await second.HearAllSoFarAsync();
        Assert.Equal(less, second.Heard);
    });

    [Fact]
    public Task Who_has_been_heard_for_a_second_writes_on_while_another_begins() => WithoutContext(async () =>
    {
        var time = new FakeTimeProvider();
        await using var scheduler = await StartAsync(time);
        var less = await FirstClauseAsync(scheduler, Moon) - 1;
        await using var first = new Listener(scheduler, Sea, Long);
        while (!first.HasClause)
        {
            await first.HearAsync();
        }

        time.Advance(TimeSpan.FromSeconds(1));
        await first.HearAllSoFarAsync();
        var before = first.Heard;
        await using var second = new Listener(scheduler, Moon, less);
        while (await second.HearAsync())
        {
        }

        await first.HearAllSoFarAsync();
        Assert.InRange(first.Heard - before, less - 1, Long);
    });

    [Fact]
    public Task Who_has_a_first_clause_leaves_the_voice_a_core_to_begin_with() => WithoutContext(async () =>
    {
        var time = new FakeTimeProvider();
        var lease = new CoreLeaseOptions { Lease = "on", Name = $"{AppContext.BaseDirectory}/{nameof(Who_has_a_first_clause_leaves_the_voice_a_core_to_begin_with)}" };
        using var cores = new CoreLease(Options.Create(lease), TimeProvider.System, NullLogger<CoreLease>.Instance);
        await using var scheduler = await StartAsync(time, cores);
        await using var listener = new Listener(scheduler, Sea, Long);
        while (!listener.HasClause)
        {
            await listener.HearAsync();
        }

        await Eventually.TrueAsync(cores.AreFree);
        var next = listener.HearAsync();
        using (await cores.AcquireSomeAsync(TestContext.Current.CancellationToken))
        {
            Assert.False(next.IsCompleted);
        }

        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            return next.IsCompleted;
        });
        Assert.True(await next);
    });

    /// <summary>How many tokens it takes until the first clause of an answer is complete.</summary>
    private static async Task<int> FirstClauseAsync(ReplyScheduler scheduler, string question)
    {
        await using var listener = new Listener(scheduler, question, 40);
        while (!listener.HasClause)
        {
            Assert.True(await listener.HearAsync());
        }

        return listener.Heard;
    }

    /// <summary>What was written is heard at once, not when the test runner has a thread for it.</summary>
    private static Task WithoutContext(Func<Task> test) => Task.Run(test, TestContext.Current.CancellationToken);

    /// <summary>A scheduler of its own, whose clock a test moves.</summary>
    private async Task<ReplyScheduler> StartAsync(TimeProvider time, CoreLease? cores = null)
    {
        var services = brain.Services;
        var options = services.GetRequiredService<IOptions<ReplyOptions>>();
        var scheduler = new ReplyScheduler(
            options,
            services.GetRequiredService<ModelReadiness>(),
            cores ?? services.GetRequiredService<CoreLease>(),
            services.GetRequiredService<ReplyTelemetry>(),
            time,
            services.GetRequiredService<ILogger<ReplyScheduler>>());
        scheduler.Start(await LlamaModel.LoadAsync(
            TestModels.StarterBrain, copy: null, options.Value, id: null, template: null, gpu: false, services.GetRequiredService<EngineLog>(), new Progress<float>(), TestContext.Current.CancellationToken));
        return scheduler;
    }

    /// <summary>Counts the tokens of one reply.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly CancellationTokenSource _leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        private readonly IAsyncEnumerator<ReplyEvent> _events;
        private readonly ClauseCutter _clauses = new();
        private Task<bool> _next;

        public Listener(ReplyScheduler scheduler, string question, int tokens)
        {
            // Whatever the model makes of the question, it writes as many tokens as it may.
            var vocabulary = scheduler.Model!.Vocab;
            var ends = Enumerable.Range(0, vocabulary.Count).Select(id => (LLamaToken)id).Where(token => token.IsEndOfGeneration(vocabulary));
            var sampling = new SamplingSettings(0, 1, LogitBias: ends.ToDictionary(token => token, _ => float.NegativeInfinity));
            var request = new ReplyRequest([new ChatTurn(ChatTurn.User, question)], tokens, sampling, [], null);
            _events = scheduler.ReplyAsync(request, _leaving.Token).GetAsyncEnumerator(_leaving.Token);
            _next = _events.MoveNextAsync().AsTask();
        }

        public int Heard { get; private set; }

        public bool HasClause { get; private set; }

        /// <summary>Waits for the next event. False at the end.</summary>
        public async Task<bool> HearAsync()
        {
            var more = await _next;
            if (more && _events.Current is ReplyText { Text: var text })
            {
                Heard++;
                HasClause |= _clauses.Push(text).Any();
            }

            _next = more ? _events.MoveNextAsync().AsTask() : _next;
            return more;
        }

        /// <summary>Waits for the next event and takes all that are there behind it; one that is awaited is not seen before a thread has brought it.</summary>
        public async Task HearAllSoFarAsync()
        {
            while (await HearAsync() && _next.IsCompletedSuccessfully)
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _leaving.CancelAsync();
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _events.DisposeAsync();
            _leaving.Dispose();
        }
    }
}
