namespace LLama.Native;

/// <summary>Applies a choice to every native library.</summary>
public sealed class NativeLibraryConfigContainer
{
    internal NativeLibraryConfigContainer()
    {
    }

    /// <summary>Whether a CUDA back end may be chosen. The libraries behind this stand-in are for CPUs only, so that nothing changes.</summary>
    public NativeLibraryConfigContainer WithCuda(bool enable = true) =>
        NativeLibraryConfig.LLama.LibraryHasLoaded
            ? throw new InvalidOperationException("The library has already loaded, its configuration cannot be changed any more.")
            : this;
}
