namespace LLama.Abstractions;

/// <summary>What is needed to load weights.</summary>
public interface IModelParams
{
    /// <summary>Path of the GGUF file.</summary>
    string ModelPath { get; }

    /// <summary>Layers to put on a GPU, if there is one.</summary>
    int GpuLayerCount { get; }
}
