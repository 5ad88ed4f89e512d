namespace LLama.Native;

/// <summary>Choices that must be made before the native library is loaded.</summary>
public sealed class NativeLibraryConfig
{
    private NativeLibraryConfig()
    {
    }

    /// <summary>The configuration of all native libraries.</summary>
    public static NativeLibraryConfigContainer All { get; } = new();

    /// <summary>The configuration of libllama.</summary>
    public static NativeLibraryConfig LLama { get; } = new();

    /// <summary>Whether it is too late to choose.</summary>
    public bool LibraryHasLoaded { get; internal set; }
}
