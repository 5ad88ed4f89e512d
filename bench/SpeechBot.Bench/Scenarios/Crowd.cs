using SpeechBot.Bench.Talking;

namespace SpeechBot.Bench.Scenarios;

/// <summary>Several people who talk at once, each in a conversation of their own.</summary>
public sealed class Crowd(Uri web, string pipeline, int talkers, BenchOptions options)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(1);

    /// <summary>Everybody asks question after question, with random pauses between them.</summary>
    public Task<IReadOnlyList<TurnResult>> RandomAsync(CancellationToken cancellation) => TogetherAsync(async (everybody, _) =>
    {
        var results = await Task.WhenAll(everybody.Select(async (talker, number) =>
        {
            var random = new Random(options.Seed + number);
            var turns = new List<TurnResult>();
            foreach (var name in Enumerable.Repeat(Clips.Short, options.Rounds).SelectMany(clips => clips))
            {
                await Task.Delay(random.NextDouble() * LongestWait, TimeProvider.System, cancellation);
                turns.Add(await talker.SayAsync(name, Clips.Read(name), cancellation));
                Progress.Show(pipeline, turns[^1]);
            }

            return turns;
        }));
        return results.SelectMany(turns => turns);
    }, cancellation);

    /// <summary>Everybody's question ends at the same moment, give or take 50 ms: the worst that can happen.</summary>
    public Task<IReadOnlyList<TurnResult>> TogetherAsync(CancellationToken cancellation) => TogetherAsync(async (everybody, random) =>
    {
        var turns = new List<TurnResult>();
        for (var round = 0; round < options.Rounds * Clips.Short.Count; round++)
        {
            var questions = everybody.Select((talker, number) =>
            {
                var name = Clips.Short[(round + number) % Clips.Short.Count];
                var clip = Clips.Read(name);
                return (talker, name, clip, Ends: VoicedPart.End(clip) - (random.NextDouble() * EndsWithin));
            }).ToArray();
            var last = questions.Max(question => question.Ends) + Lead;
            turns.AddRange(await Task.WhenAll(questions.Select(async question =>
            {
                await Task.Delay(last - question.Ends, TimeProvider.System, cancellation);
                return await question.talker.SayAsync(question.name, question.clip, cancellation);
            })));
            turns[^talkers..].ForEach(turn => Progress.Show(pipeline, turn));
        }

        return turns;
    }, cancellation);

    private async Task<IReadOnlyList<TurnResult>> TogetherAsync(Func<IReadOnlyList<Talker>, Random, Task<IEnumerable<TurnResult>>> talk, CancellationToken cancellation)
    {
        var everybody = new List<Talker>();
        try
        {
            while (everybody.Count < talkers)
            {
                everybody.Add(await Talker.StartAsync(web, pipeline, options.HandsFree, cancellation));
            }

            return [.. await talk(everybody, new Random(options.Seed))];
        }
        finally
        {
            foreach (var talker in everybody)
            {
                await talker.DisposeAsync();
            }
        }
    }
}
