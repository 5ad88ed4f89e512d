using Microsoft.Playwright;
using SpeechBot.Bench.Browser;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Talking;

namespace SpeechBot.Bench.Scenarios;

/// <summary>
/// Somebody says "stop" over a long answer of the page. Measured in the browser, from the first voiced sample of the word: until the answer
/// is 20 dB quieter at the loudspeaker, and until it is cancelled.
/// </summary>
public sealed class Interruptions(Uri web, BenchOptions options)
{
    private const string Clip = "stop.wav";
    private const string Prompt = "You are a storyteller. Tell long stories of many sentences.";
    private const double HeardMs = 3000;
    private const double LongestWaitMs = 1500;
    private const double LeftMs = 3000;

    private static readonly string[] Stories = ["a lighthouse", "a dog and a cat", "a ship in a storm", "an old king", "a garden in spring"];

    /// <summary>One result for each interruption; its stages are what was measured.</summary>
    public async Task<IReadOnlyList<TurnResult>> RunAsync(CancellationToken cancellation)
    {
        var random = new Random(options.Seed);
        var results = new List<TurnResult>();
        foreach (var number in Enumerable.Range(0, options.Interruptions))
        {
            cancellation.ThrowIfCancellationRequested();
            // Each in a talk of its own: a small brain that was cut off once tells short stories from then on.
            await using var visit = await PageVisit.StartAsync(web, Prompt);
            results.Add(await InterruptAsync(visit, Stories[number % Stories.Length], random.NextDouble() * LongestWaitMs));
            Progress.Show("barge-in", results[^1]);
        }

        return results;
    }

    private static async Task<TurnResult> InterruptAsync(PageVisit visit, string story, double waitMs)
    {
        var cpu = CpuMeter.Start();
        var measured = new Dictionary<string, double>();
        string? error = null;
        await visit.Room.ListenAsync();
        try
        {
            var asked = await visit.TypeAsync($"Tell me a long story about {story}.");
            if (!await visit.Room.PlayedAsync(HeardMs + waitMs, asked, LeftMs))
            {
                throw new TimeoutException("The answer was too short to be interrupted.");
            }

            var onset = await visit.Room.SayAsync(Clips.Read(Clip));
            measured["told to duck"] = await visit.Room.EventAsync("speechbot.output_audio.duck", onset) - onset;
            measured["cancelled"] = await visit.Room.EventAsync("output_audio_buffer.cleared", onset) - onset;
            await visit.ListensAsync();
            var quieter = (await visit.Room.HeardAsync()).QuieterAfter(onset, onset + measured["cancelled"] + 300) ?? throw new TimeoutException("It did not grow quieter.");
            if (quieter > 0)
            {
                // Else the answer paused just then, and nothing can be told.
                measured["20 dB quieter"] = quieter;
            }
        }
        catch (Exception exception) when (exception is TimeoutException or PlaywrightException)
        {
            error = exception.Message.Split('\n')[0];
        }

        return new() { Clip = Clip, Stages = measured, Transcript = "", Answer = story, Error = error, Others = cpu.OthersPercent() };
    }
}
