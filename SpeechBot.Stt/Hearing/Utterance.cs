using System.Diagnostics;
using System.Numerics.Tensors;

namespace SpeechBot.Stt.Hearing;

/// <summary>What is being said now: positions in samples since the session began, and the text that can no longer change.</summary>
internal sealed class Utterance(string itemId, long start)
{
    // 40 dB. The last sound of a word is louder, and the room of somebody who speaks into a microphone often is not.
    private const float HushRatio = 1e-4f;

    private readonly List<string> _settled = [];
    private float _loudest;

    public string ItemId { get; } = itemId;

    public long Start { get; } = start;

    /// <summary>Where the audio begins that the end of the turn is judged by.</summary>
    public long JudgedFrom { get; init; } = start;

    /// <summary>Where the audio begins that is not in the settled text.</summary>
    public long TailStart { get; set; } = start;

    /// <summary>The end of the last voiced window.</summary>
    public long VoiceEnd { get; set; } = start;

    public int VoicedWindows { get; set; }

    /// <summary>Voiced windows since <see cref="TailStart"/>.</summary>
    public int TailVoicedWindows { get; set; }

    /// <summary>The turn's trace at the client, where it told one.</summary>
    public ActivityContext Trace { get; set; }

    /// <summary>A pause whose words will not change any more, while they are still being found out.</summary>
    public Pause? Settling { get; set; }

    /// <summary>Whether the tail is not all that was said.</summary>
    public bool IsCut => _settled.Count > 0 || Settling is not null;

    /// <summary>
    /// Takes the energy of the next window and tells whether it is nothing beside the loudest so far. The network that tells voice from
    /// silence is sure of it two or three windows later; in a noisy room only the network can tell.
    /// </summary>
    public bool IsHush(float energy)
    {
        _loudest = Math.Max(_loudest, energy);
        return energy < _loudest * HushRatio;
    }

    /// <summary>Whether these samples, less than a window, are as quiet.</summary>
    public bool IsHush(ReadOnlySpan<float> samples) =>
        TensorPrimitives.SumOfSquares(samples) * VoiceActivityModel.WindowSamples < _loudest * HushRatio * samples.Length;

    /// <summary>What was said before this position is transcribed for the last time.</summary>
    public void CutAt(long tailStart) => (TailStart, TailVoicedWindows) = (tailStart, 0);

    /// <summary>Keeps the text up to where the audio was cut and returns what it adds to the transcript.</summary>
    public string Settle(string text)
    {
        // Whisper writes an ellipsis where a sentence stops in the middle; this one goes on.
        var piece = text.TrimEnd('.', '…', '-', ' ') is var bare && text.EndsWith("...", StringComparison.Ordinal) ? bare : text;
        var delta = DeltaOf(piece);
        _settled.Add(Continue(piece));
        return delta;
    }

    /// <summary>The whole transcript, if the tail says this.</summary>
    public string TextWith(string tail) => string.Join(' ', tail.Length > 0 ? [.. _settled, Continue(tail)] : _settled);

    /// <summary>What the tail adds to the text that was already told.</summary>
    public string DeltaOf(string tail) => tail.Length > 0 && _settled.Count > 0 ? " " + Continue(tail) : tail;

    // The model does not know that a sentence ended before this piece.
    private string Continue(string piece) =>
        piece.Length > 0 && _settled.Count > 0 && _settled[^1] is [.., '.' or '?' or '!'] ? char.ToUpperInvariant(piece[0]) + piece[1..] : piece;
}
