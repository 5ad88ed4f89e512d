using Garnet;

namespace SpeechBot.Tests.Support;

/// <summary>A Redis-protocol server in this process, on a free port; can go away and come back with its data lost.</summary>
public sealed class EmbeddedRedis(string? password = null) : IDisposable
{
    private GarnetServer? _server;

    /// <summary>The connection string.</summary>
    public string ConnectionString => password is null ? $"127.0.0.1:{Port}" : $"127.0.0.1:{Port},password={password}";

    /// <summary>Where it listens.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Starts serving.</summary>
    public void Start()
    {
        List<string> arguments = ["--bind", "127.0.0.1", "--port", $"{Port}", "--memory", "16m", "--page", "1m", "--index", "1m"];
        if (OperatingSystem.IsLinux())
        {
            arguments.AddRange(["--device-type", "RandomAccess"]);
        }

        if (password is not null)
        {
            arguments.AddRange(["--auth", "Password", "--password", password]);
        }

        _server = new GarnetServer([.. arguments]);
        _server.Start();
    }

    /// <summary>Goes away.</summary>
    public void Stop()
    {
        _server?.Dispose();
        _server = null;
    }

    public void Dispose() => Stop();
}
