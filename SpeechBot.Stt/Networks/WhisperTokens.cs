using System.Buffers;
using System.Numerics.Tensors;

namespace SpeechBot.Stt.Networks;

/// <summary>
/// What an English-only Whisper may write next (openai/whisper, decoding.py): words between timestamps, which never go back. The tokens
/// behind the words are signs; from <see cref="FirstTimestamp"/> on each stands for a position of 20 ms.
/// </summary>
internal static class WhisperTokens
{
    /// <summary>How many there are.</summary>
    public const int Count = 51864;

    /// <summary>The end of the text. Those before it are words.</summary>
    public const int End = 50256;

    /// <summary>The sign that a text begins with.</summary>
    public const int Start = 50257;

    /// <summary>The sign for nobody speaking.</summary>
    public const int NoSpeech = 50361;

    /// <summary>The timestamp of the beginning.</summary>
    public const int FirstTimestamp = 50363;

    private const int Space = 220;
    private const int LatestBeginning = 50;
    private const float Never = float.NegativeInfinity;

    /// <summary>Picks the likeliest token.</summary>
    /// <param name="logits">One for each token; they are changed.</param>
    /// <param name="written">The tokens so far.</param>
    /// <returns>The token and the natural logarithm of its probability among those that are allowed.</returns>
    public static (int Token, float LogProbability) Next(Span<float> logits, IReadOnlyList<int> written)
    {
        Forbid(logits, written);
        var timestamps = logits[FirstTimestamp..];
        var word = TensorPrimitives.IndexOfMax<float>(logits[..FirstTimestamp]);

        // The chance that any of the timestamps comes, against that of the likeliest word.
        var token = LogSum(timestamps) > logits[word] ? FirstTimestamp + TensorPrimitives.IndexOfMax<float>(timestamps) : word;
        return (token, logits[token] - LogSum(logits));
    }

    /// <summary>How likely nobody speaks.</summary>
    /// <param name="logits">Of the first token.</param>
    public static double NoSpeechProbability(ReadOnlySpan<float> logits) => Math.Exp(logits[NoSpeech] - LogSum(logits));

    private static void Forbid(Span<float> logits, IReadOnlyList<int> written)
    {
        logits[Start..FirstTimestamp].Fill(Never);
        if (written.Count == 0)
        {
            (logits[End], logits[Space]) = (Never, Never);
            logits[(FirstTimestamp + LatestBeginning + 1)..].Fill(Never);
            return;
        }

        // Timestamps come in pairs, the end of one piece and the beginning of the next.
        var isPair = written.Count < 2 || written[^2] >= FirstTimestamp;
        if (written[^1] >= FirstTimestamp)
        {
            (isPair ? logits[FirstTimestamp..] : logits[..End]).Fill(Never);
        }

        var latest = written.Max();
        if (latest > FirstTimestamp)
        {
            logits[FirstTimestamp..latest].Fill(Never);
        }
    }

    private static float LogSum(ReadOnlySpan<float> logits)
    {
        var largest = TensorPrimitives.Max(logits);
        if (float.IsNegativeInfinity(largest))
        {
            return Never;
        }

        var rented = ArrayPool<float>.Shared.Rent(logits.Length);
        var powers = rented.AsSpan(0, logits.Length);
        TensorPrimitives.Subtract(logits, largest, powers);
        TensorPrimitives.Exp<float>(powers, powers);
        var sum = MathF.Log(TensorPrimitives.Sum<float>(powers)) + largest;
        ArrayPool<float>.Shared.Return(rented);
        return sum;
    }
}
