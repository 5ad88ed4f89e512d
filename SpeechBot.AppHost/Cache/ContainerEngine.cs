using System.ComponentModel;
using System.Diagnostics;

namespace SpeechBot.AppHost.Cache;

/// <summary>Finds out whether containers can be started here.</summary>
public static class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>True when an engine answers; a client alone, which is common, is not enough.</summary>
    public static bool IsRunning() => Answers("docker") || Answers("podman");

    private static bool Answers(string client)
    {
        try
        {
            using var info = Process.Start(new ProcessStartInfo(client, "info") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            info.BeginOutputReadLine();
            info.BeginErrorReadLine();
            if (info.WaitForExit(Patience))
            {
                return info.ExitCode == 0;
            }

            info.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
