namespace Whisper.net.LibraryLoader;

/// <summary>The builds of the native library.</summary>
public enum RuntimeLibrary
{
    Cpu,
    Cuda,
    Cuda12,
    Vulkan,
    CoreML,
    OpenVino,
    CpuNoAvx,
}
