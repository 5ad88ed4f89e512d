using System.Runtime.InteropServices;

namespace LLama.Native;

/// <summary>A token of a model's vocabulary.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct LLamaToken
{
    /// <summary>No token.</summary>
    public static readonly LLamaToken InvalidToken = -1;

    private readonly int _value;

    private LLamaToken(int value) => _value = value;

    /// <summary>The raw id.</summary>
    public static explicit operator int(LLamaToken pos) => pos._value;

    /// <summary>The token with that id.</summary>
    public static implicit operator LLamaToken(int value) => new(value);

    /// <summary>Whether it is a control token, which has no text of its own.</summary>
    public bool IsControl(SafeLlamaModelHandle.Vocabulary vocab) => LlamaNative.llama_vocab_is_control(vocab.Native, _value);

    /// <summary>Whether it ends a reply.</summary>
    public bool IsEndOfGeneration(SafeLlamaModelHandle.Vocabulary vocab) => LlamaNative.llama_vocab_is_eog(vocab.Native, _value);

    /// <inheritdoc />
    public override string ToString() => _value.ToString();
}
