using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SpeechBot.ServiceDefaults.Telemetry;

/// <summary>What a stage costs: each stage is a process of its own, so the process's share of the cores is the stage's.</summary>
internal static class ProcessTelemetry
{
    private static readonly Meter Meter = new(TelemetryNames.SourcePrefix + "Process");
    private static readonly Lock Sync = new();
    private static long _at = Stopwatch.GetTimestamp();
    private static TimeSpan _used = Environment.CpuUsage.TotalTime;

    static ProcessTelemetry() => Meter.CreateObservableGauge(
        TelemetryNames.Instruments.CpuUsage, CoresInUse, "{cpu}", "Processor cores that this stage kept busy since the last reading");

    /// <summary>Begins to measure.</summary>
    public static void Start()
    {
        // Whoever calls this has brought the type, and with it the instrument, into being.
    }

    private static double CoresInUse()
    {
        lock (Sync)
        {
            var (at, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var cores = (used - _used) / Stopwatch.GetElapsedTime(_at, at);
            (_at, _used) = (at, used);
            return Math.Round(cores, 3);
        }
    }
}
