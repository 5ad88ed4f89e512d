using System.Runtime.InteropServices;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// What loading a model leaves behind: arrays that nobody will ask for until the next collection, and freed native memory that glibc keeps
/// because something small lies above it. Of stt's 500 MB that was 60.
/// </summary>
internal static partial class Leftovers
{
    /// <summary>Gives it back to the system.</summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which has its own ways.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
