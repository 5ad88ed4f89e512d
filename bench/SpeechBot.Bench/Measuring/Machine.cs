using System.Globalization;
using System.Runtime.InteropServices;

namespace SpeechBot.Bench.Measuring;

/// <summary>What it was measured on.</summary>
public sealed record Machine(string Cpu, int Cores, double MemoryGiB, string System, string Runtime)
{
    /// <summary>This machine; what it does not tell is named so.</summary>
    public static Machine This { get; } = new(
        Line("/proc/cpuinfo", "model name") ?? "unknown CPU",
        Environment.ProcessorCount,
        double.TryParse(Line("/proc/meminfo", "MemTotal")?.Split(' ')[0], CultureInfo.InvariantCulture, out var kilobytes) ? Math.Round(kilobytes / 1024 / 1024, 1) : 0,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    /// <inheritdoc/>
    public override string ToString() => $"{Cpu}, {Cores} cores, {MemoryGiB:F0} GiB, {System}, {Runtime}";

    private static string? Line(string file, string name) =>
        File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : null;
}
