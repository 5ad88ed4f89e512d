namespace Whisper.net.LibraryLoader;

/// <summary>Which native library is loaded. Read once, before the first factory.</summary>
public static class RuntimeOptions
{
    /// <summary>Another place to look for the library.</summary>
    public static string? LibraryPath { get; set; }

    /// <summary>The builds to try, best first.</summary>
    public static List<RuntimeLibrary> RuntimeLibraryOrder { get; set; } =
    [
        RuntimeLibrary.Cuda, RuntimeLibrary.Cuda12, RuntimeLibrary.Vulkan, RuntimeLibrary.CoreML,
        RuntimeLibrary.OpenVino, RuntimeLibrary.Cpu, RuntimeLibrary.CpuNoAvx,
    ];

    /// <summary>The build that was loaded; null before the first factory.</summary>
    public static RuntimeLibrary? LoadedLibrary { get; set; }
}
