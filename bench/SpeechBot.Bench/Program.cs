using System.Runtime.InteropServices;
using SpeechBot.Bench;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Scenarios;

if (args is ["--help" or "-h" or "-?"])
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{BenchOptions.Usage}");
    return 2;
}

// As shells count it: 128 and the number of the signal.
const int Interrupted = 130;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var measurements = new List<Measurement>();
IReadOnlyList<Reading> readings = [];
try
{
    await using var system = await RunningSystem.FindAsync(options.Url, stop.Token);
    await foreach (var measurement in new LatencyBench(system.Web, options).RunAsync(stop.Token))
    {
        measurements.Add(measurement);
    }

    readings = options.Has("footprint") ? await new Footprint(system.Web).RunAsync(stop.Token) : [];
}
catch (Exception) when (stop.IsCancellationRequested)
{
    // The services end at the same signal, so that it may be their absence that ends it.
    Console.Error.WriteLine(measurements.Count > 0 ? "Stopped. What was finished by then:" : "Stopped before anything was finished.");
}

if (measurements.Count + readings.Count > 0)
{
    var report = new Report(Machine.This, $"dotnet run --project bench/SpeechBot.Bench -- {string.Join(' ', args)}".TrimEnd(' ', '-'), measurements, readings);
    Console.WriteLine(report.ToTable());
    if (options.Json is { } file)
    {
        await File.WriteAllTextAsync(file, report.ToJson(), CancellationToken.None);
    }
}

return stop.IsCancellationRequested ? Interrupted : measurements.Any(measurement => measurement.Kept.Count == 0) ? 1 : 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
