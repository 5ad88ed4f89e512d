using System.Globalization;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>How much memory could be taken without pushing others out.</summary>
internal static class FreeMemory
{
    private const string Linux = "/proc/meminfo";
    private const string Available = "MemAvailable:";

    /// <summary>Bytes; null where that is not known. A container's limit counts where it is lower.</summary>
    internal static long? Bytes()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (!File.Exists(Linux))
        {
            return limit > 0 ? limit : null;
        }

        var line = File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith(Available, StringComparison.Ordinal));
        return line?[Available.Length..].Replace("kB", "", StringComparison.Ordinal).Trim() is { } number && long.TryParse(number, CultureInfo.InvariantCulture, out var kilobytes)
            ? limit > 0 ? Math.Min(limit, kilobytes * 1024) : kilobytes * 1024
            : null;
    }
}
