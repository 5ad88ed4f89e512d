using System.Diagnostics;
using System.Globalization;

namespace SpeechBot.Bench.Measuring;

/// <summary>Tells how much CPU programs other than SpeechBot used since it was started. Needs Linux's /proc; elsewhere it tells nothing.</summary>
public sealed class CpuMeter
{
    // Linux counts in hundredths of a second for user space, whatever the kernel's own clock is.
    private const double TicksPerSecond = 100;

    // Where the build puts programs, this one too: what runs from there is SpeechBot, of this checkout and no other.
    private static readonly string Ours = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly (long All, long Own)? _start = Read();

    private CpuMeter()
    {
    }

    /// <summary>Starts to count.</summary>
    public static CpuMeter Start() => new();

    /// <summary>CPU time of others since the start, in percent of one core.</summary>
    public double? OthersPercent()
    {
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        return _start is { } start && Read() is { } now
            ? Math.Max(0, now.All - start.All - (now.Own - start.Own)) / TicksPerSecond / seconds * 100
            : null;
    }

    private static (long All, long Own)? Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // cpu user nice system idle iowait irq softirq steal …; time stolen by the host's other guests counts as theirs.
        var cpu = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)).ToArray();
        return (cpu.Sum() - cpu[3] - cpu[4], Directory.EnumerateDirectories("/proc").Sum(OwnTicks));
    }

    private static long OwnTicks(string process)
    {
        try
        {
            if (!char.IsAsciiDigit(Path.GetFileName(process)[0]) || !File.ReadAllText(Path.Combine(process, "cmdline")).Contains(Ours, StringComparison.Ordinal))
            {
                return 0;
            }

            // The program's name, in brackets, may hold spaces; user and system time are the 12th and 13th field behind it.
            var stat = File.ReadAllText(Path.Combine(process, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended between being listed and being read.
            return 0;
        }
        catch (UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
