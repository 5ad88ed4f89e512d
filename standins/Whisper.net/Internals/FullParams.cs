using System.Runtime.InteropServices;

namespace Whisper.net.Internals;

/// <summary>whisper_full_params of whisper.cpp 1.9.1: 304 bytes, offsets as a C compiler reports them from its header. Only what is set here is named.</summary>
[StructLayout(LayoutKind.Explicit, Size = 304)]
internal struct FullParams
{
    [FieldOffset(4)] public int Threads;
    [FieldOffset(21)] public byte NoContext;
    [FieldOffset(23)] public byte SingleSegment;
    [FieldOffset(25)] public byte PrintProgress;
    [FieldOffset(28)] public byte TokenTimestamps;
    [FieldOffset(48)] public int MaxTokens;
    [FieldOffset(56)] public int AudioContext;
    [FieldOffset(72)] public nint InitialPrompt;
    [FieldOffset(104)] public nint Language;
    [FieldOffset(116)] public float Temperature;
    [FieldOffset(128)] public float TemperatureIncrement;
    [FieldOffset(144)] public int BestOf;
    [FieldOffset(160)] public nint NewSegmentCallback;
    [FieldOffset(168)] public nint NewSegmentData;
    [FieldOffset(208)] public nint AbortCallback;
    [FieldOffset(216)] public nint AbortData;

    // Fixes the size that is passed by value.
    [FieldOffset(296)] private readonly long _end;
}
