using System.Globalization;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>How far a download is, in words.</summary>
internal static class DownloadProgress
{
    private const double Megabyte = 1_000_000;

    /// <summary>For example "downloading x.gguf: 34 % of 1117 MB, 12.1 MB/s".</summary>
    internal static string Say(string name, long had, long? size, long fetched, TimeSpan took)
    {
        var speed = took > TimeSpan.FromMilliseconds(500) ? string.Create(CultureInfo.InvariantCulture, $", {fetched / Megabyte / took.TotalSeconds:0.0} MB/s") : "";
        return size is > 0
            ? string.Create(CultureInfo.InvariantCulture, $"downloading {name}: {100 * had / size} % of {size / Megabyte:0.#} MB{speed}")
            : string.Create(CultureInfo.InvariantCulture, $"downloading {name}: {had / Megabyte:0.#} MB{speed}");
    }
}
