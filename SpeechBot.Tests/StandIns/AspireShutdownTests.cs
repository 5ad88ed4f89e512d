using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechBot.Tests.StandIns;

/// <summary>Runs the AppHost as a person does, and ends it as a person or a crash does. Reads the console on which only the stand-in repeats what resources write.</summary>
public sealed class AspireShutdownTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private readonly string _folder = Directory.CreateTempSubdirectory("speechbot-cache-").FullName;

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Kill)]
    public async Task Whatever_ends_the_AppHost_ends_every_process_that_it_started(int signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of the application are looked up in /proc.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var host = Start();
        while (await host.StandardOutput.ReadLineAsync(patience.Token) is { } line && !line.Contains("The cache listens", StringComparison.Ordinal))
        {
        }

        host.BeginErrorReadLine();
        var started = Descendants(host.Id);
        Assert.True(started.Count >= 5, $"Only {started.Count} processes were started.");

        Assert.Equal(0, Signal(host.Id, signal));
        var drained = host.StandardOutput.ReadToEndAsync(patience.Token);
        await host.WaitForExitAsync(patience.Token);
        await drained;
        while (started.Any(IsAlive))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Process Start()
    {
        // A test run that a script started in the background ignores Ctrl+C, and its children would inherit that.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--default-signal=INT", "dotnet", typeof(Projects.SpeechBot_AppHost).Assembly.Location, "--Cache=embedded", $"--Cache:Path={_folder}", "--DcpPublisher:RandomizePorts=true" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_URLS"] = FreeAddress();
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = FreeAddress();
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        return Process.Start(start)!;
    }

    private static string FreeAddress()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return $"http://localhost:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private static List<int> Descendants(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: Parent(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        List<int> found = [];
        for (Queue<int> next = new([root]); next.TryDequeue(out var id);)
        {
            foreach (var child in parents[id])
            {
                found.Add(child);
                next.Enqueue(child);
            }
        }

        return found;
    }

    private static int Parent(int id)
    {
        try
        {
            // Behind the name, which may hold spaces and brackets: state, parent ...
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static bool IsAlive(int id) => Directory.Exists($"/proc/{id}") && Parent(id) != 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
