using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// Ends every process of the application when the host dies without a word, as it does by kill -9: a small shell that outlives
/// the host reads process ids from its standard input, and at the input's end stops those that are left.
/// </summary>
internal sealed class ProcessGuard : IDisposable
{
    private const string Script =
        """
        trap '' INT TERM HUP
        live=
        while read -r what id; do
            case $what in
                add) live="$live $id" ;;
                gone) rest=; for p in $live; do [ "$p" = "$id" ] || rest="$rest $p"; done; live=$rest ;;
            esac
        done
        end() { for p in $live; do kill -s "$1" -- "-$p" 2>/dev/null || kill -s "$1" "$p" 2>/dev/null; done; }
        [ -n "$live" ] || exit 0
        end TERM
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            sleep 0.1
            left=
            for p in $live; do kill -s 0 -- "-$p" 2>/dev/null && left=1; done
            [ -n "$left" ] || exit 0
        done
        end KILL
        """;

    private readonly Lock _lock = new();
    private Process? _shell;

    /// <summary>The program that gives a process a group of its own, where the system has it.</summary>
    public static string? SetSid { get; } = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    public void Add(int processId) => Tell($"add {processId}");

    public void Remove(int processId) => Tell($"gone {processId}");

    public void Dispose()
    {
        lock (_lock)
        {
            _shell?.StandardInput.Close();
            _shell?.Dispose();
            _shell = null;
        }
    }

    private void Tell(string line)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        lock (_lock)
        {
            _shell ??= Start();
            _shell.StandardInput.WriteLine(line);
            _shell.StandardInput.Flush();
        }
    }

    private static Process Start()
    {
        // A group of its own: Ctrl+C in the terminal must not end the guard.
        var start = new ProcessStartInfo(SetSid ?? "/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        string[] arguments = SetSid is null ? ["-c", Script] : ["/bin/sh", "-c", Script];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
