namespace LLama.Native;

/// <summary>Direct calls into llama.cpp.</summary>
public static class NativeApi
{
    /// <summary>Whether the loaded back ends can put layers on a GPU.</summary>
    public static bool llama_supports_gpu_offload() => LlamaNative.llama_supports_gpu_offload();
}
