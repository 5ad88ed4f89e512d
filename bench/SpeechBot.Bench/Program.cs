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

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

await using var system = await RunningSystem.FindAsync(options.Url, stop.Token);
var measurements = new List<Measurement>();
await foreach (var measurement in new LatencyBench(system.Web, options).RunAsync(stop.Token))
{
    measurements.Add(measurement);
}

var readings = options.Has("footprint") ? await new Footprint(system.Web).RunAsync(stop.Token) : [];
var report = new Report(Machine.This, $"dotnet run --project bench/SpeechBot.Bench -- {string.Join(' ', args)}".TrimEnd(' ', '-'), measurements, readings);
Console.WriteLine(report.ToTable());
if (options.Json is { } file)
{
    await File.WriteAllTextAsync(file, report.ToJson(), CancellationToken.None);
}

return measurements.Any(measurement => measurement.Kept.Count == 0) ? 1 : 0;
