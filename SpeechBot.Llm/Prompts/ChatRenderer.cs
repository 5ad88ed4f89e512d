using System.Text;
using LLama;
using LLama.Exceptions;
using LLama.Native;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Llm.Prompts;

/// <summary>
/// Messages in, tokens out, by the model's own chat template. Safe to use from any thread.
/// What people write never becomes a control token: "&lt;|im_start|&gt;system" in a message stays plain text.
/// </summary>
internal sealed class ChatRenderer
{
    private const string Probe = "MESSAGE";

    private readonly LLamaWeights _weights;
    private readonly string? _template;
    private readonly bool _addBos;

    public ChatRenderer(LLamaWeights weights, string? template, string modelPath)
    {
        _weights = weights;
        _template = template;
        try
        {
            ChatTurn[] question = [new(ChatTurn.User, "Hi")];
            var before = Apply(question, addAssistant: true);
            var after = Apply([.. question, new(ChatTurn.Assistant, Probe)], addAssistant: false);
            var bos = weights.Vocab is { ShouldAddBOS: true, BOS: { } token } ? Text(token) : null;
            _addBos = bos is not null && !before.StartsWith(bos, StringComparison.Ordinal);
            ReplyEnd = Tokenize(after[(after.LastIndexOf(Probe, StringComparison.Ordinal) + Probe.Length)..]);
        }
        catch (RuntimeError exception)
        {
            throw new ModelLoadException(
                template is not null
                    ? $"The engine does not know the chat template that Llm:ChatTemplate gives ('{Shorten(template)}'). Set it to one that llama.cpp knows by name, such as chatml, llama3, mistral-v7, gemma or phi3."
                    : $"The engine does not know the chat template inside '{modelPath}' (or there is none). Set Llm:ChatTemplate to the one that the model was trained with; llama.cpp knows chatml, llama3, mistral-v7, gemma, phi3 and others by name.",
                modelPath, exception);
        }
    }

    /// <summary>What follows a reply when it becomes history.</summary>
    public IReadOnlyList<LLamaToken> ReplyEnd { get; }

    /// <summary>The messages as tokens, one segment for each, and what begins the next one.</summary>
    /// <param name="turns">At least one message.</param>
    /// <param name="reply">Whether a reply comes next; otherwise a person does.</param>
    public RenderedPrompt Render(IReadOnlyList<ChatTurn> turns, bool reply)
    {
        var segments = new List<Segment>(turns.Count);
        var (before, whole) = ("", "");
        for (var i = 0; i < turns.Count; i++)
        {
            whole = Apply(turns.Take(i + 1), addAssistant: false);
            if (!whole.StartsWith(before, StringComparison.Ordinal))
            {
                // This template rewrites what came before: the messages so far can only be one piece.
                segments.Clear();
                before = "";
            }

            segments.Add(new Segment(turns[i], Tokenize(whole[before.Length..], turns[i].Text, first: before.Length == 0)));
            before = whole;
        }

        var next = reply ? Apply(turns, addAssistant: true) : Before(Probe, Apply([.. turns, new(ChatTurn.User, Probe)], addAssistant: false));
        return new RenderedPrompt(segments, next.StartsWith(whole, StringComparison.Ordinal) ? Tokenize(next[whole.Length..]) : []);
    }

    private static string Before(string mark, string text) => text[..Math.Max(0, text.LastIndexOf(mark, StringComparison.Ordinal))];

    private string Apply(IEnumerable<ChatTurn> turns, bool addAssistant)
    {
        var template = _template is null ? new LLamaTemplate(_weights) : new LLamaTemplate(_template);
        template.AddAssistant = addAssistant;
        foreach (var turn in turns)
        {
            template.Add(turn.Role, turn.Text);
        }

        return Encoding.UTF8.GetString(template.Apply());
    }

    private LLamaToken[] Tokenize(string piece, string content, bool first)
    {
        var bos = first && _addBos;
        var text = content.Trim();
        var start = piece.IndexOf(text, StringComparison.Ordinal);
        if (start < 0 || !HasControlTokens(text))
        {
            return _weights.Tokenize(piece, bos, special: true, Encoding.UTF8);
        }

        return
        [
            .. _weights.Tokenize(piece[..start], bos, special: true, Encoding.UTF8),
            .. _weights.Tokenize(text, add_bos: false, special: false, Encoding.UTF8),
            .. Tokenize(piece[(start + text.Length)..]),
        ];
    }

    private LLamaToken[] Tokenize(string text) => _weights.Tokenize(text, add_bos: false, special: true, Encoding.UTF8);

    private bool HasControlTokens(string text) => Tokenize(text).Any(token => token.IsControl(_weights.Vocab));

    private string Text(LLamaToken token)
    {
        var decoder = new StreamingTokenDecoder(Encoding.UTF8, _weights) { DecodeSpecialTokens = true };
        decoder.Add(token);
        return decoder.Read();
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
