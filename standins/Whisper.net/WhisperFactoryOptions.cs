namespace Whisper.net;

/// <summary>How a model is loaded.</summary>
public struct WhisperFactoryOptions
{
    /// <summary>GPU on, flash attention off, first device.</summary>
    public WhisperFactoryOptions()
    {
        UseGpu = true;
    }

    /// <summary>The settings used when none are given.</summary>
    public static WhisperFactoryOptions Default => new();

    /// <summary>Whether a GPU is used where the native library supports one.</summary>
    public bool UseGpu { get; set; }

    /// <summary>Whether attention is computed in one fused step. Off by default.</summary>
    public bool UseFlashAttention { get; set; }

    /// <summary>The number of the GPU.</summary>
    public int GpuDevice { get; set; }
}
