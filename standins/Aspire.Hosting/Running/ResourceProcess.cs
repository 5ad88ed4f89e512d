using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>A process of the application, in a process group of its own, so that all that it starts ends with it.</summary>
internal sealed partial class ResourceProcess
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private readonly Process _process;
    private readonly ProcessGuard _guard;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ResourceProcess(Process process, ProcessGuard guard)
    {
        _process = process;
        _guard = guard;
    }

    public int Id => _process.Id;

    /// <summary>Ends with the exit code; 128 + signal where a signal ended it.</summary>
    public Task<int> Exited => _exited.Task;

    public static ResourceProcess Start(ResourceStartInfo what, ProcessGuard guard, Action<string, bool> line)
    {
        var start = new ProcessStartInfo(ProcessGuard.SetSid ?? what.Command)
        {
            WorkingDirectory = what.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments = ProcessGuard.SetSid is null ? [.. what.Arguments] : [what.Command, .. what.Arguments];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in what.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var result = new ResourceProcess(process, guard);
        process.OutputDataReceived += (_, data) => Pass(data.Data, isError: false);
        process.ErrorDataReceived += (_, data) => Pass(data.Data, isError: true);
        process.Exited += (_, _) => result.OnExited();
        process.Start();
        guard.Add(process.Id);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return result;

        void Pass(string? text, bool isError)
        {
            if (text is not null)
            {
                line(text, isError);
            }
        }
    }

    /// <summary>Asks the process to end, and ends it when it does not.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        Signal(Terminate);
        try
        {
            await Exited.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Signal(Kill);
            await Exited.ConfigureAwait(false);
        }

        // What the process itself has started and left behind.
        Signal(Kill);
    }

    private void OnExited()
    {
        _guard.Remove(Id);
        _exited.TrySetResult(_process.ExitCode);
    }

    private void Signal(int signal)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            return;
        }

        if (kill(ProcessGuard.SetSid is null ? Id : -Id, signal) != 0 && !_process.HasExited)
        {
            _ = kill(Id, signal);
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}

/// <summary>What to start, and how.</summary>
internal sealed record ResourceStartInfo(string Command, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment);
