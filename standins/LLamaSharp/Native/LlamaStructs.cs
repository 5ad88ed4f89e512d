using System.Runtime.InteropServices;

namespace LLama.Native;

/// <summary>llama_model_params. Offsets by offsetof over the headers of libllama v0.5.0; they change from release to release.</summary>
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal unsafe struct LlamaModelParams
{
    [FieldOffset(0)] public nint Devices;
    [FieldOffset(16)] public int GpuLayers;

    /// <summary>-1 automatic, 0 read, 1 memory-mapped.</summary>
    [FieldOffset(24)] public int LoadMode;
    [FieldOffset(48)] public delegate* unmanaged<float, void*, byte> Progress;
    [FieldOffset(56)] public void* ProgressState;
    [FieldOffset(72)] public byte VocabOnly;
    [FieldOffset(74)] public byte UseExtraBuffers;
}

/// <summary>llama_context_params of the same release.</summary>
[StructLayout(LayoutKind.Explicit, Size = 160)]
internal unsafe struct LlamaContextParams
{
    [FieldOffset(0)] public uint ContextSize;
    [FieldOffset(4)] public uint BatchSize;
    [FieldOffset(8)] public uint UBatchSize;
    [FieldOffset(12)] public uint SeqMax;
    [FieldOffset(28)] public int Threads;
    [FieldOffset(32)] public int BatchThreads;

    /// <summary>-1 automatic, 0 off, 1 on.</summary>
    [FieldOffset(52)] public int FlashAttention;

    /// <summary>ggml_type of the keys; 1 is F16.</summary>
    [FieldOffset(104)] public int TypeK;
    [FieldOffset(108)] public int TypeV;
    [FieldOffset(130)] public byte NoPerf;
    [FieldOffset(133)] public byte KvUnified;
    [FieldOffset(152)] public nint ContextOther;
}

/// <summary>llama_model_quantize_params of the same release: what is set of it. Its end is only passed on.</summary>
[StructLayout(LayoutKind.Explicit, Size = 96)]
internal struct LlamaQuantizeParams
{
    [FieldOffset(0)] public int Threads;
    [FieldOffset(4)] public LLamaFtype Format;
    [FieldOffset(16)] public byte AllowRequantize;
    [FieldOffset(17)] public byte QuantizeOutputTensor;
}

/// <summary>llama_batch.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaBatchStruct
{
    public int Count;
    public LLamaToken* Tokens;
    public float* Embeddings;
    public int* Positions;
    public int* SequenceCounts;
    public int** Sequences;
    public sbyte* Logits;
}

/// <summary>llama_chat_message: two C strings.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaChatMessage
{
    public byte* Role;
    public byte* Content;
}
