using System.Text;
using LLama.Abstractions;

namespace LLama.Common;

/// <summary>Parameters of a model and its context.</summary>
public record ModelParams : ILLamaParams
{
    /// <summary>Parameters for the model at <paramref name="modelPath"/>.</summary>
    public ModelParams(string modelPath) => ModelPath = modelPath;

    /// <inheritdoc />
    public string ModelPath { get; set; }

    /// <inheritdoc />
    public uint? ContextSize { get; set; }

    /// <inheritdoc />
    public int GpuLayerCount { get; set; } = 20;

    /// <inheritdoc />
    public uint SeqMax { get; set; } = 1;

    /// <inheritdoc />
    public uint BatchSize { get; set; } = 512;

    /// <inheritdoc />
    public uint UBatchSize { get; set; } = 512;

    /// <inheritdoc />
    public int? Threads { get; set; }

    /// <inheritdoc />
    public int? BatchThreads { get; set; }

    /// <inheritdoc />
    public bool? FlashAttention { get; set; }

    /// <inheritdoc />
    public bool? KVUnified { get; set; }

    /// <inheritdoc />
    public Encoding Encoding { get; set; } = Encoding.UTF8;
}
