using System.Diagnostics;
using System.Globalization;

namespace SpeechBot.Bench.Measuring;

/// <summary>A service of this checkout that runs on this machine. Needs Linux's /proc to be found.</summary>
public sealed record ServiceProcess(string Name, int Id)
{
    private static readonly string[] Names = ["SpeechBot.Web", "SpeechBot.Stt", "SpeechBot.Llm", "SpeechBot.Tts"];

    /// <summary>Where the build puts programs: what runs from there is SpeechBot, of this checkout and no other.</summary>
    private static readonly string Ours = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    /// <summary>Memory that the process holds, in MiB; null when it has ended.</summary>
    public double? MemoryMiB => Read(process => process.WorkingSet64 / 1048576.0);

    /// <summary>The same, with a page that others hold too counted only in part, in MiB: the shares of all processes add up to what is taken.</summary>
    public double? ShareMiB
    {
        get
        {
            try
            {
                var line = File.ReadLines($"/proc/{Id}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
                return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>CPU time that it has used, in seconds; null when it has ended.</summary>
    public double? CpuSeconds => Read(process => process.TotalProcessorTime.TotalSeconds);

    /// <summary>The services that run, web first.</summary>
    public static IReadOnlyList<ServiceProcess> Find() =>
        !OperatingSystem.IsLinux() ? [] : [.. Names.SelectMany(name => Process.GetProcesses().Where(process => Runs(process.Id, name)).Select(process => new ServiceProcess(name, process.Id)))];

    /// <summary>Memory of any process, in MiB; null when there is none of this id.</summary>
    public static double? MemoryOf(int id) => new ServiceProcess("", id).MemoryMiB;

    private static bool Runs(int id, string name)
    {
        try
        {
            // Its own program, or dotnet with it as the first argument: not "dotnet run", which waits for it.
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Take(2)
                .Any(part => part.StartsWith(Ours, StringComparison.Ordinal) && Path.GetFileName(part) is var file && (file == name || file == $"{name}.dll"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private double? Read(Func<Process, double> value)
    {
        try
        {
            using var process = Process.GetProcessById(Id);
            return value(process);
        }
        catch (Exception ended) when (ended is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
