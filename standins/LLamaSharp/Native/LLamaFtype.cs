namespace LLama.Native;

/// <summary>Formats of a model's weights, as a GGUF file names them.</summary>
public enum LLamaFtype
{
    /// <summary>8 bits each, and a scale for 32 of them.</summary>
    MOSTLY_Q8_0 = 7,
}
