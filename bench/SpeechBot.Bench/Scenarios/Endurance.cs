using System.Globalization;
using Microsoft.Playwright;
using SpeechBot.Bench.Browser;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Talking;

namespace SpeechBot.Bench.Scenarios;

/// <summary>
/// One page, hands free, for many minutes: questions, now and then a "stop" over the answer. Each minute the memory of page and services is
/// written down, and at the end whether anything still waits for an end.
/// </summary>
public sealed class Endurance(Uri web, BenchOptions options)
{
    private const int StopEvery = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private int _requests;

    /// <summary>The turns, after the table of what memory they took.</summary>
    public async Task<IReadOnlyList<TurnResult>> RunAsync(CancellationToken cancellation)
    {
        await using var visit = await PageVisit.StartAsync(web);
        var talker = new PageTalker(visit);
        Count(visit.Page);
        var meter = await MemoryMeter.OfAsync(visit);
        var turns = new List<TurnResult>();
        var began = TimeProvider.System.GetTimestamp();
        var next = TimeSpan.Zero;
        await WriteLineAsync(MemoryMeter.Head);
        while (TimeProvider.System.GetElapsedTime(began) is var elapsed && elapsed < TimeSpan.FromMinutes(options.Minutes))
        {
            if (elapsed >= next)
            {
                await WriteLineAsync(await meter.ReadAsync(elapsed, turns.Count));
                next += Look;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellation);
            if (turns.Count % StopEvery == StopEvery - 1)
            {
                await InterruptAsync(visit);
            }

            var name = Clips.Short[turns.Count % Clips.Short.Count];
            turns.Add(await talker.SayAsync(name, Clips.Read(name)));
            Progress.Show("endurance", turns[^1]);
        }

        await WriteLineAsync(await meter.ReadAsync(TimeProvider.System.GetElapsedTime(began), turns.Count));
        var busy = await meter.CpuAsync(Quiet, cancellation);
        var open = await visit.Page.EvaluateAsync<int>("() => window.bench.open()");
        await WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"\nNot ended: {open} answers, {_requests} requests of the page. CPU of the services in the {Quiet.TotalSeconds} s after the last answer: {busy}.\n"));
        return turns;
    }

    private static async Task InterruptAsync(PageVisit visit)
    {
        try
        {
            var asked = await visit.TypeAsync("Tell me a long story about the sea.");
            if (!await visit.Room.PlayedAsync(1500, asked))
            {
                return;
            }

            var onset = await visit.Room.SayAsync(Clips.Read("stop.wav"));
            await visit.Room.EventAsync("response.done", asked);
            await visit.Room.EventAsync("input_audio_buffer.cleared", onset);
            await visit.ListensAsync();
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync("endurance: the answer had ended before the \"stop\"");
        }
    }

    private static Task WriteLineAsync(string line) => Console.Out.WriteLineAsync(line);

    private void Count(IPage page)
    {
        page.Request += (_, _) => Interlocked.Increment(ref _requests);
        page.RequestFinished += (_, _) => Interlocked.Decrement(ref _requests);
        page.RequestFailed += (_, _) => Interlocked.Decrement(ref _requests);
    }
}
