using System.Runtime.CompilerServices;
using SpeechBot.Bench.Browser;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Talking;
using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Scenarios;

/// <summary>Runs the scenarios that were asked for against one system.</summary>
public sealed class LatencyBench(Uri web, BenchOptions options)
{
    private const string Best = "speculative";
    private const string Sequential = "sequential";
    private const int ConversationTurns = 20;
    // In which a person draws breath, and the system reads ahead.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The measurements, in the order of <see cref="BenchOptions.Scenarios"/>; the cold turn always comes first.</summary>
    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (options.Has("cold"))
        {
            yield return Row("cold first turn", Best, 1, await TalkAsync(Best, [Clips.Short[0]], cancellation));
            yield return Row("the turns behind it", Best, 1, await TalkAsync(Best, Clips.Short, cancellation));
        }
        else if (options.Scenarios.Any(scenario => scenario != "endurance"))
        {
            await TalkAsync(Best, Clips.Short.Take(2), cancellation);
        }

        if (options.Has("latency"))
        {
            foreach (var row in await CompareAsync("short questions", Clips.Short, cancellation))
            {
                yield return row;
            }
        }

        if (options.Has("hesitant"))
        {
            yield return Row("two-questions", Best, 1, await TalkAsync(Best, Enumerable.Repeat(Clips.Hesitant, options.Rounds), cancellation));
            yield return Row("stops in mid-sentence, goes on after 1.2 s", Best, 1, await TalkAsync(Best, Enumerable.Repeat((Clips.Unfinished, Clips.Thinking()), options.Rounds), cancellation));
            yield return Row("goes on after a full sentence (jfk)", Best, 1, await TalkAsync(Best, Enumerable.Repeat(Clips.GoesOn, options.Rounds), cancellation));
        }

        if (options.Has("conversation"))
        {
            var turns = await TalkAsync(Best, Enumerable.Range(0, ConversationTurns).Select(turn => Clips.Short[turn % Clips.Short.Count]), cancellation);
            yield return Row("conversation, turns 2 to 6", Best, 1, turns[1..6]);
            yield return Row("conversation, last five of 20", Best, 1, turns[^5..]);
        }

        foreach (var talkers in options.Talkers.Where(_ => options.Has("crowd")))
        {
            var crowd = new Crowd(web, Best, talkers, options);
            yield return Row("random phase", Best, talkers, await crowd.RandomAsync(cancellation));
            yield return Row("all end within 100 ms", Best, talkers, await crowd.TogetherAsync(cancellation));
        }

        if (options.Has("browser"))
        {
            yield return Row("short questions in the browser", Best, 1, await TalkInBrowserAsync(cancellation));
        }

        if (options.Has("barge-in"))
        {
            yield return Row("\"stop\" over an answer", Best, 1, await new Interruptions(web, options).RunAsync(cancellation));
        }

        if (options.Has("endurance"))
        {
            yield return Row($"{options.Minutes} minutes hands free", Best, 1, await new Endurance(web, options).RunAsync(cancellation));
        }
    }

    private Measurement Row(string scenario, string pipeline, int talkers, IReadOnlyList<TurnResult> turns) => new(scenario, pipeline, talkers, turns, options.MaxOthers);

    // Rounds of all pipelines alternate, so that a machine that grows slower does so for all of them.
    private async Task<IEnumerable<Measurement>> CompareAsync(string scenario, IReadOnlyList<string> clips, CancellationToken cancellation)
    {
        var turns = options.Pipelines.ToDictionary(pipeline => pipeline, _ => new List<TurnResult>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var pipeline in options.Pipelines)
            {
                turns[pipeline].AddRange(await TalkAsync(pipeline, clips, cancellation));
            }
        }

        return turns.Select(pair => Row(scenario, pair.Key, 1, pair.Value));
    }

    private Task<List<TurnResult>> TalkAsync(string pipeline, IEnumerable<string> clips, CancellationToken cancellation) =>
        TalkAsync(pipeline, clips.Select(name => (name, Clips.Read(name))), cancellation);

    private async Task<List<TurnResult>> TalkAsync(string pipeline, IEnumerable<(string Name, AudioClip Clip)> clips, CancellationToken cancellation)
    {
        // The tutorial's order of work has a button, and no ears that find the end by themselves.
        await using var talker = await Talker.StartAsync(web, pipeline, options.HandsFree && pipeline != Sequential, cancellation);
        var turns = new List<TurnResult>();
        foreach (var (name, clip) in clips)
        {
            await Task.Delay(Pause, TimeProvider.System, cancellation);
            turns.Add(await talker.SayAsync(name, clip, cancellation));
            Progress.Show(pipeline, turns[^1]);
        }

        return turns;
    }

    private async Task<List<TurnResult>> TalkInBrowserAsync(CancellationToken cancellation)
    {
        await using var talker = await PageTalker.StartAsync(web);
        // The first turn also opens the page's audio, once in its life.
        await talker.SayAsync(Clips.Short[0], Clips.Read(Clips.Short[0])).WaitAsync(cancellation);
        var turns = new List<TurnResult>();
        foreach (var name in Enumerable.Repeat(Clips.Short, options.Rounds).SelectMany(clips => clips))
        {
            await Task.Delay(Pause, TimeProvider.System, cancellation);
            turns.Add(await talker.SayAsync(name, Clips.Read(name)).WaitAsync(cancellation));
            Progress.Show("browser", turns[^1]);
        }

        return turns;
    }
}
