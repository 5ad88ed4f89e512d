using System.Diagnostics;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Talking;

namespace SpeechBot.Bench.Scenarios;

/// <summary>What the four services cost while nobody speaks, and the memory that they hold after many turns.</summary>
public sealed class Footprint(Uri web)
{
    private const int Turns = 50;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);
    private readonly IReadOnlyList<ServiceProcess> _services = ServiceProcess.Find();

    /// <summary>Reads CPU and memory; nothing where the services do not run on this machine.</summary>
    public async Task<IReadOnlyList<Reading>> RunAsync(CancellationToken cancellation)
    {
        if (_services.Count == 0)
        {
            return [];
        }

        await Task.Delay(Settle, TimeProvider.System, cancellation);
        var idle = await CpuAsync("CPU while nobody speaks, no session", cancellation);
        await using var talker = await Talker.StartAsync(web, "speculative", handsFree: true, cancellation);
        await Task.Delay(Settle, TimeProvider.System, cancellation);
        var listening = await CpuAsync("CPU while nobody speaks, one open microphone", cancellation);
        for (var turn = 0; turn < Turns; turn++)
        {
            var name = Clips.Short[turn % Clips.Short.Count];
            Progress.Show("footprint", await talker.SayAsync(name, Clips.Read(name), cancellation));
        }

        return
        [
            idle,
            listening,
            Of($"resident memory after {Turns} turns", "MiB", Each(service => service.MemoryMiB)),
            Of($"resident memory after {Turns} turns, shared pages counted once", "MiB", Each(service => service.ShareMiB)),
        ];
    }

    private async Task<Reading> CpuAsync(string what, CancellationToken cancellation)
    {
        var (before, began) = (Each(service => service.CpuSeconds), Stopwatch.GetTimestamp());
        await Task.Delay(Watched, TimeProvider.System, cancellation);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var reading = Of(what, "% of a core", Each(service => service.CpuSeconds).ToDictionary(now => now.Key, now => (now.Value - before[now.Key]) / seconds * 100));
        Progress.Show(reading);
        return reading;
    }

    private Dictionary<string, double> Each(Func<ServiceProcess, double?> value) => _services.ToDictionary(service => service.Name, service => value(service) ?? 0);

    private static Reading Of(string what, string unit, IReadOnlyDictionary<string, double> parts) => new(what, parts.Values.Sum(), unit, parts);
}
