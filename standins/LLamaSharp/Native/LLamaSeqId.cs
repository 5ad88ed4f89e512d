using System.Runtime.InteropServices;

namespace LLama.Native;

/// <summary>Names a sequence in the key-value cache.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct LLamaSeqId
{
    /// <summary>The raw value.</summary>
    public int Value;

    private LLamaSeqId(int value) => Value = value;

    /// <summary>The raw value.</summary>
    public static explicit operator int(LLamaSeqId pos) => pos.Value;

    /// <summary>A sequence of that value.</summary>
    public static explicit operator LLamaSeqId(int value) => new(value);

    /// <inheritdoc />
    public readonly override string ToString() => Value.ToString();
}
