using System.Runtime.InteropServices;
using System.Text;
using LLama.Exceptions;

namespace LLama.Native;

/// <summary>A loaded model.</summary>
public sealed unsafe class SafeLlamaModelHandle : SafeLLamaHandleBase
{
    private Vocabulary? _vocab;

    private SafeLlamaModelHandle(nint handle) : base(handle)
    {
    }

    /// <summary>Tokens of context that the model was trained with.</summary>
    public int ContextSize => LlamaNative.llama_model_n_ctx_train(handle);

    /// <summary>Bytes of its tensors.</summary>
    public ulong SizeInBytes => LlamaNative.llama_model_size(handle);

    /// <summary>Number of its parameters.</summary>
    public ulong ParameterCount => LlamaNative.llama_model_n_params(handle);

    /// <summary>Its tokens.</summary>
    public Vocabulary Vocab => _vocab ??= new Vocabulary(this);

    internal nint Pointer => !IsClosed ? handle : throw new ObjectDisposedException(nameof(SafeLlamaModelHandle));

    internal static SafeLlamaModelHandle LoadFromFile(string modelPath, LlamaModelParams parameters)
    {
        // Opened once here, so that a missing or unreadable file is told as such.
        using (File.OpenRead(modelPath))
        {
        }

        nint model;
        fixed (byte* path = Encoding.UTF8.GetBytes(modelPath + "\0"))
        {
            model = LlamaNative.llama_model_load_from_file(path, parameters);
        }

        return model != 0 ? new SafeLlamaModelHandle(model) : throw new LoadWeightsFailedException(modelPath);
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        LlamaNative.llama_model_free(handle);
        return true;
    }

    /// <summary>The model's chat template, or null where it has none and <paramref name="strict"/> is false.</summary>
    /// <exception cref="TemplateNotFoundException">It has none.</exception>
    public string? GetTemplate(string? name = null, bool strict = true)
    {
        byte* found;
        fixed (byte* wanted = name is null ? null : Encoding.UTF8.GetBytes(name + "\0"))
        {
            found = LlamaNative.llama_model_chat_template(Pointer, wanted);
        }

        return found is not null ? Marshal.PtrToStringUTF8((nint)found)
            : strict ? throw new TemplateNotFoundException(name ?? "default template")
            : null;
    }

    internal Dictionary<string, string> ReadMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < LlamaNative.llama_model_meta_count(Pointer); i++)
        {
            var index = i;
            metadata[Read((buffer, size) => LlamaNative.llama_model_meta_key_by_index(Pointer, index, (byte*)buffer, size))] =
                Read((buffer, size) => LlamaNative.llama_model_meta_val_str_by_index(Pointer, index, (byte*)buffer, size));
        }

        return metadata;
    }

    // As snprintf, it answers with the length that the whole text has.
    private static string Read(Func<nint, nuint, int> write)
    {
        var bytes = new byte[Math.Max(0, write(0, 0)) + 1];
        fixed (byte* buffer = bytes)
        {
            return Encoding.UTF8.GetString(bytes, 0, Math.Max(0, write((nint)buffer, (nuint)bytes.Length)));
        }
    }

    /// <summary>The bytes of a token. Nothing is written where <paramref name="dest"/> is too short; the answer says what it needs.</summary>
    public uint TokenToSpan(LLamaToken token, Span<byte> dest, int lstrip = 0, bool special = false)
    {
        fixed (byte* buffer = dest)
        {
            return (uint)Math.Abs(LlamaNative.llama_token_to_piece(Vocab.Native, token, buffer, dest.Length, lstrip, special ? (byte)1 : (byte)0));
        }
    }

    /// <summary>Text as tokens.</summary>
    public LLamaToken[] Tokenize(string text, bool addBos, bool special, Encoding encoding)
    {
        if (text.Length == 0 && !addBos)
        {
            return [];
        }

        var bytes = encoding.GetBytes(text + "\0");
        var (bos, parse) = (addBos ? (byte)1 : (byte)0, special ? (byte)1 : (byte)0);
        fixed (byte* start = bytes)
        {
            var tokens = new LLamaToken[-LlamaNative.llama_tokenize(Vocab.Native, start, bytes.Length - 1, null, 0, bos, parse)];
            fixed (LLamaToken* first = tokens)
            {
                _ = LlamaNative.llama_tokenize(Vocab.Native, start, bytes.Length - 1, first, tokens.Length, bos, parse);
            }

            return tokens;
        }
    }

    /// <summary>The tokens of a model.</summary>
    public sealed class Vocabulary
    {
        private readonly SafeLlamaModelHandle _model;

        internal Vocabulary(SafeLlamaModelHandle model) => _model = model;

        internal nint Native => LlamaNative.llama_model_get_vocab(_model.Pointer);

        /// <summary>How many there are.</summary>
        public int Count => LlamaNative.llama_vocab_n_tokens(Native);

        /// <summary>The token that begins a text, if there is one.</summary>
        public LLamaToken? BOS => LlamaNative.llama_vocab_bos(Native) is >= 0 and var token ? token : null;

        /// <summary>Whether the model wants it in front of every prompt.</summary>
        public bool ShouldAddBOS => LlamaNative.llama_vocab_get_add_bos(Native);
    }
}
