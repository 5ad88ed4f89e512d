using System.Text;
using LLama.Native;

namespace LLama;

/// <summary>Tokens in, text out. Bytes of a character that is not complete are held back.</summary>
public sealed class StreamingTokenDecoder
{
    private readonly SafeLlamaModelHandle _model;
    private readonly Decoder _decoder;
    private readonly StringBuilder _text = new();

    /// <summary>A decoder for the model of <paramref name="context"/>.</summary>
    public StreamingTokenDecoder(LLamaContext context) : this(context.Encoding, context.NativeHandle.ModelHandle)
    {
    }

    /// <summary>A decoder for a model.</summary>
    public StreamingTokenDecoder(Encoding encoding, LLamaWeights weights) : this(encoding, weights.NativeHandle)
    {
    }

    private StreamingTokenDecoder(Encoding encoding, SafeLlamaModelHandle model)
    {
        _model = model;
        _decoder = encoding.GetDecoder();
    }

    /// <summary>Characters that can be read.</summary>
    public int AvailableCharacters => _text.Length;

    /// <summary>Whether control tokens are written out.</summary>
    public bool DecodeSpecialTokens { get; set; }

    /// <summary>Adds a token.</summary>
    public void Add(LLamaToken token)
    {
        Span<byte> buffer = stackalloc byte[64];
        var length = (int)_model.TokenToSpan(token, buffer, 0, DecodeSpecialTokens);
        if (length > buffer.Length)
        {
            buffer = new byte[length];
            _ = _model.TokenToSpan(token, buffer, 0, DecodeSpecialTokens);
        }

        Span<char> characters = new char[Encoding.UTF8.GetMaxCharCount(length) + 2];
        _text.Append(characters[.._decoder.GetChars(buffer[..length], characters, flush: false)]);
    }

    /// <summary>Takes what is there.</summary>
    public string Read()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _decoder.Reset();
        _text.Clear();
    }
}
