using System.Diagnostics;
using System.Text;

namespace SpeechBot.Tests.Deployment;

/// <summary>
/// A service as a container runs it, without a container engine: from its published files, with exactly the environment given, as a
/// user without rights, with a root that cannot be written to and a /tmp of its own. Where the tests may not mount (they are not root,
/// or this is no Linux), it runs as whoever runs them, and only its environment is what it would be.
/// </summary>
internal sealed class Container : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<bool> MayMount = new(() => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Succeeds("unshare", "--mount", "true") && Succeeds("setpriv", "--version"));

    private readonly Process _process;
    private readonly DirectoryInfo _root;
    private readonly StringBuilder _said = new();

    private Container(Process process, DirectoryInfo root)
    {
        (_process, _root) = (process, root);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Whether containers here are as closed as real ones.</summary>
    public static bool IsClosed => MayMount.Value;

    /// <summary>Everything that it has printed.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a published service.</summary>
    public static Container Start(string published, string assembly, IReadOnlyDictionary<string, string> environment) =>
        IsClosed ? Start(published, environment, "/dotnet/dotnet", assembly) : Start(Plain(published, ["dotnet", assembly]), environment);

    /// <summary>Starts any program of this machine where a service would be; only where <see cref="IsClosed"/>.</summary>
    public static Container Start(string published, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        // A container engine makes the folder that it mounts something on.
        Directory.CreateDirectory(Path.Combine(published, "models"));
        var root = Directory.CreateTempSubdirectory("speechbot-container-");
        var runtime = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var script = Path.Combine(AppContext.BaseDirectory, "Deployment", "container.sh");
        var start = Plain(published, ["unshare", "--mount", "--propagation", "private", "sh", script, root.FullName, published, Support.TestModels.Folder, runtime, .. command]);
        return Start(start, environment, root);
    }

    /// <summary>Waits until it ends by itself, and tells how.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it as a container engine does: it is asked first, and killed when it takes too long. Returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            if (!OperatingSystem.IsWindows())
            {
                using var ask = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
                await ask.WaitForExitAsync();
            }
            else
            {
                _process.Kill(entireProcessTree: true);
            }

            try
            {
                await _process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        _root.Delete(recursive: true);
    }

    private static ProcessStartInfo Plain(string folder, string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static Container Start(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment, DirectoryInfo? root = null)
    {
        root ??= Directory.CreateTempSubdirectory("speechbot-container-");
        start.Environment.Clear();
        foreach (var needed in new[] { "PATH", "SystemRoot" })
        {
            start.Environment[needed] = Environment.GetEnvironmentVariable(needed);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        if (!IsClosed)
        {
            start.Environment["HOME"] = start.Environment["TMPDIR"] = root.FullName;
            start.Environment["Models__Path"] = Support.TestModels.Folder;
        }

        return new Container(Process.Start(start)!, root);
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return process.WaitForExit(Patience) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }
}
