using System.Runtime.InteropServices;

namespace Whisper.net.Internals;

/// <summary>whisper_context_params of whisper.cpp 1.9.1: 48 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct ContextParams
{
    [FieldOffset(0)] public byte UseGpu;
    [FieldOffset(1)] public byte FlashAttention;
    [FieldOffset(4)] public int GpuDevice;

    // Fixes the size that is passed by value.
    [FieldOffset(40)] private readonly long _end;
}
