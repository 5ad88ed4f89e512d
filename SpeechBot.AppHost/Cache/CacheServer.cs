using System.Runtime.InteropServices;
using Garnet;

namespace SpeechBot.AppHost.Cache;

/// <summary>The embedded cache's own process: settings in by environment variables → a Redis-protocol server on a loopback port.</summary>
public static class CacheServer
{
    /// <summary>The argument that makes this program the cache.</summary>
    public const string Command = "cache";

    /// <summary>Names the variable with the port.</summary>
    public const string PortVariable = "CACHE_PORT";

    /// <summary>Names the variable with the password; a command line could be read by everyone on the machine.</summary>
    public const string PasswordVariable = "CACHE_PASSWORD";

    /// <summary>Names the variable with the folder for the data.</summary>
    public const string FolderVariable = "CACHE_FOLDER";

    /// <summary>Serves until the process is told to end; 1 when it cannot start.</summary>
    public static async Task<int> RunAsync()
    {
        try
        {
            using var server = new GarnetServer(Arguments());
            server.Start();
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            Console.WriteLine($"The cache listens on 127.0.0.1:{Setting(PortVariable)}, with its data in {Setting(FolderVariable)}.");
            await ended.Task;
            return 0;

            void End(PosixSignalContext signal)
            {
                signal.Cancel = true;
                ended.TrySetResult();
            }
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync($"The cache cannot start: {failure.Message} Its data is in {Setting(FolderVariable)}; moving that folder away starts a new history.");
            return 1;
        }
    }

    private static string[] Arguments()
    {
        List<string> arguments =
        [
            "--bind", "127.0.0.1",
            "--port", Setting(PortVariable),
            "--auth", "Password",
            "--password", Setting(PasswordVariable),
            "--checkpointdir", Setting(FolderVariable),
            // Everything is in the append-only file before it is answered, so that even kill -9 loses nothing.
            "--aof", "--aof-commit-wait", "--recover",
            // A history of text is small; Garnet's own defaults reserve memory for gigabytes.
            "--page", "1m", "--aof-page-size", "4m", "--memory", "64m", "--index", "8m",
            "--logger-level", "Warning",
        ];
        if (OperatingSystem.IsLinux())
        {
            // Garnet's native device needs libaio, which few systems have.
            arguments.AddRange(["--device-type", "RandomAccess"]);
        }

        return [.. arguments];
    }

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"The variable {name} is not set. The cache is started by the AppHost: run 'dotnet run --project SpeechBot.AppHost' without arguments.");
}
