using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using SpeechBot.Bench.Browser;

namespace SpeechBot.Bench.Measuring;

/// <summary>A page and the services behind it → what memory they hold, a table's row at a time. MiB throughout.</summary>
public sealed class MemoryMeter
{
    /// <summary>The head of the table; the heap is what the page's JavaScript holds after a collection.</summary>
    public const string Head = "| minute | turns | page heap MiB | page process | web | stt | llm | tts |\n| --- | --- | --- | --- | --- | --- | --- | --- |";

    private readonly ICDPSession _page;
    private readonly int[] _renderers;
    private readonly IReadOnlyList<ServiceProcess> _services = ServiceProcess.Find();

    private MemoryMeter(ICDPSession page, int[] renderers) => (_page, _renderers) = (page, renderers);

    /// <summary>Takes hold of a visit's page.</summary>
    public static async Task<MemoryMeter> OfAsync(PageVisit visit)
    {
        var browser = await visit.Browser.NewBrowserCDPSessionAsync();
        var processes = (await browser.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo");
        var renderers = processes.EnumerateArray().Where(process => process.GetProperty("type").GetString() == "renderer").Select(process => process.GetProperty("id").GetInt32());
        return new(await visit.Page.Context.NewCDPSessionAsync(visit.Page), [.. renderers]);
    }

    /// <summary>The row of now.</summary>
    public async Task<string> ReadAsync(TimeSpan elapsed, int turns)
    {
        await _page.SendAsync("HeapProfiler.collectGarbage");
        var heap = (JsonElement)(await _page.SendAsync("Runtime.getHeapUsage"))!;
        var renderer = _renderers.Max(ServiceProcess.MemoryOf);
        string Service(string name) => Text(_services.FirstOrDefault(service => service.Name == name)?.MemoryMiB);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {elapsed.TotalMinutes:F1} | {turns} | {heap.GetProperty("usedSize").GetDouble() / 1048576:F1} | {Text(renderer)} | {Service("SpeechBot.Web")} | {Service("SpeechBot.Stt")} | {Service("SpeechBot.Llm")} | {Service("SpeechBot.Tts")} |");
    }

    /// <summary>CPU of each service over some time, in percent of a core: who still works works for nobody.</summary>
    public async Task<string> CpuAsync(TimeSpan time, CancellationToken cancellation)
    {
        var before = _services.Select(service => service.CpuSeconds).ToArray();
        await Task.Delay(time, TimeProvider.System, cancellation);
        return string.Join(", ", _services.Select((service, index) =>
            string.Create(CultureInfo.InvariantCulture, $"{service.Name} {(service.CpuSeconds - before[index]) / time.TotalSeconds * 100:F0} %")));
    }

    private static string Text(double? memory) => memory?.ToString("F0", CultureInfo.InvariantCulture) ?? "–";
}
