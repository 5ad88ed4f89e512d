using System.Runtime.InteropServices;
using System.Text;
using LLama.Exceptions;
using LLama.Native;

namespace LLama;

/// <summary>Writes messages as the text that a model was trained on.</summary>
public sealed unsafe class LLamaTemplate
{
    private readonly byte[]? _template;
    private readonly List<(string Role, string Content)> _messages = [];

    /// <summary>The template of a model.</summary>
    /// <exception cref="TemplateNotFoundException">It has none.</exception>
    public LLamaTemplate(LLamaWeights weights, bool strict = true) : this(weights.NativeHandle.GetTemplate(null, strict))
    {
    }

    /// <summary>A template by its text, or by one of the names that the engine knows.</summary>
    public LLamaTemplate(string? customTemplate) => _template = customTemplate is null ? null : Encoding.UTF8.GetBytes(customTemplate + "\0");

    /// <summary>Whether the text ends with what begins an assistant's message.</summary>
    public bool AddAssistant { get; set; }

    /// <summary>Number of messages.</summary>
    public int Count => _messages.Count;

    /// <summary>Adds a message at the end.</summary>
    public LLamaTemplate Add(string role, string content)
    {
        _messages.Add((role, content));
        return this;
    }

    /// <summary>The messages as UTF-8 text.</summary>
    /// <exception cref="MissingTemplateException">The engine does not know the template.</exception>
    public ReadOnlySpan<byte> Apply()
    {
        var strings = new List<GCHandle>(_messages.Count * 2);
        try
        {
            var native = new LlamaChatMessage[_messages.Count];
            var bytes = 0;
            for (var i = 0; i < native.Length; i++)
            {
                native[i] = new LlamaChatMessage { Role = Pin(_messages[i].Role), Content = Pin(_messages[i].Content) };
            }

            var output = new byte[Math.Max(256, bytes * 2)];
            var length = Apply(native, output);
            if (length < 0)
            {
                throw _template is null ? new MissingTemplateException() : new MissingTemplateException(Encoding.UTF8.GetString(_template));
            }

            if (length > output.Length)
            {
                output = new byte[length];
                length = Apply(native, output);
            }

            return output.AsSpan(0, length);

            byte* Pin(string text)
            {
                var buffer = Encoding.UTF8.GetBytes(text + "\0");
                bytes += buffer.Length;
                var handle = GCHandle.Alloc(buffer, GCHandleType.Pinned);
                strings.Add(handle);
                return (byte*)handle.AddrOfPinnedObject();
            }
        }
        finally
        {
            strings.ForEach(handle => handle.Free());
        }
    }

    private int Apply(LlamaChatMessage[] messages, byte[] output)
    {
        fixed (byte* template = _template)
        fixed (LlamaChatMessage* first = messages)
        fixed (byte* buffer = output)
        {
            return LlamaNative.llama_chat_apply_template(template, first, (nuint)messages.Length, AddAssistant ? (byte)1 : (byte)0, buffer, output.Length);
        }
    }
}
