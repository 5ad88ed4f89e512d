using System.Globalization;
using System.Runtime.InteropServices;

namespace SpeechBot.Llm.Replies;

/// <summary>
/// Lets the ears and the mouth go first. On two cores a token takes 8 ms and a word is heard for 300, so the brain has time;
/// without this Whisper beside a writing brain takes up to six times as long (docs/latency.md).
/// </summary>
internal static partial class ProcessPriority
{
    private const int Process = 0;

    /// <summary>Lowers the priority of this process on Linux; elsewhere nothing happens.</summary>
    public static void Lower(int nice, Action<string> unchanged)
    {
        if (nice == 0 || !OperatingSystem.IsLinux())
        {
            return;
        }

        LowerGroup(nice);

        // Linux keeps it for each thread. New threads inherit it, so it is enough to reach those that are there already.
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (int.TryParse(Path.GetFileName(thread), out var id) && setpriority(Process, (uint)id, nice) != 0 && id == Environment.ProcessId)
            {
                unchanged(Marshal.GetLastPInvokeErrorMessage());
                return;
            }
        }
    }

    /// <summary>
    /// Where Linux groups processes by session (sched_autogroup, the default of desktop kernels), a nice value counts within its
    /// session only: a service in a session of its own has to lower that session too. Sharing one, it must leave the others alone.
    /// </summary>
    private static void LowerGroup(int nice)
    {
        const string Group = "/proc/self/autogroup";
        if (getsid(0) != Environment.ProcessId || !File.Exists(Group))
        {
            return;
        }

        try
        {
            File.WriteAllText(Group, nice.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Containers may keep it read-only; their processes share nothing with ours then.
        }
    }

    [LibraryImport("libc")]
    private static partial int getsid(int process);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setpriority(int which, uint who, int priority);
}
