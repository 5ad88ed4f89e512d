using System.Text;

namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>
/// How many cores are idle right now. The lease keeps our own services apart, but not a browser or a compiler: where one of those has a
/// core, two native threads take ten times as long as one, because one of them spins while it waits for the other.
/// </summary>
public static class SpareCores
{
    private const int HandOvers = 2;
    private static readonly TimeSpan HandOver = TimeSpan.FromMilliseconds(1);

    private static readonly bool IsKnown =
        OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") is not ("true" or "1") && Running() > 0;

    /// <summary>
    /// Cores that nobody else uses at this moment, at least 1, this thread's own included. All of them where that cannot be told. Keeps the
    /// thread for up to 2 ms.
    /// </summary>
    public static int Count()
    {
        if (!IsKnown)
        {
            return Environment.ProcessorCount;
        }

        var spare = Spare();
        for (var i = 0; i < HandOvers && spare < Environment.ProcessorCount; i++)
        {
            // Whoever has just handed over the work may still be on its way to sleep: that is no reason to do it on one core. Awaiting a
            // timer would not do: the timer's thread hands over too, and is counted.
#pragma warning disable RS0030
            Thread.Sleep(HandOver);
#pragma warning restore RS0030
            spare = Math.Max(spare, Spare());
        }

        return spare;
    }

    private static int Spare() => Math.Clamp(Environment.ProcessorCount - Running() + 1, 1, Environment.ProcessorCount);

    /// <summary>Threads that run or want to, this one included: the fourth field of /proc/loadavg, "2/345". Takes some 20 µs.</summary>
    private static int Running()
    {
        try
        {
            Span<byte> buffer = stackalloc byte[128];
            using var file = File.OpenHandle("/proc/loadavg");
            var text = Encoding.ASCII.GetString(buffer[..RandomAccess.Read(file, buffer, 0)]);
            var fields = text.Split(' ');
            return fields.Length > 3 && int.TryParse(fields[3].Split('/')[0], out var running) ? running : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
