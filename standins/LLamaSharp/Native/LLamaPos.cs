using System.Runtime.InteropServices;

namespace LLama.Native;

/// <summary>A position in a sequence.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct LLamaPos
{
    /// <summary>The raw value.</summary>
    public int Value;

    private LLamaPos(int value) => Value = value;

    /// <summary>The raw value.</summary>
    public static explicit operator int(LLamaPos pos) => pos.Value;

    /// <summary>A position with that value.</summary>
    public static implicit operator LLamaPos(int value) => new(value);

    /// <summary>The next position.</summary>
    public static LLamaPos operator ++(LLamaPos pos) => new(pos.Value + 1);

    /// <summary>The position before.</summary>
    public static LLamaPos operator --(LLamaPos pos) => new(pos.Value - 1);
}
