using System.Numerics.Tensors;

namespace SpeechBot.Stt.Transcription;

/// <summary>
/// Finds the endless repeats that Whisper falls into when its encoder is cut ("Tell me a joke. Tell me a joke. Tell me…") and removes
/// them by the text alone, which costs nothing; decoding again costs half a second.
/// </summary>
public static class RepeatGuard
{
    // People do say things twice ("no, no", a slogan): only a text with more words than its sound can hold is suspected.
    private const double MostWordsPerSecond = 4;
    private const int SpareWords = 1;

    // A frame counts as sound when it has a twentieth of the loudest frame's amplitude.
    private const int Frame = TranscriptionRequest.SampleRate / 50;
    private const float QuietShare = 0.05f;

    /// <summary>Cuts repeats off the end.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="seconds">How many seconds of sound the audio has, without its pauses; see <see cref="SecondsOfSound"/>.</param>
    /// <param name="ranAway">True when the model did not stop by itself, so that the text is suspected whatever its length.</param>
    /// <returns>The text without its repeats; the same text when there are none.</returns>
    public static string CutTail(string text, double seconds, bool ranAway = false)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length;
        if (!ranAway && words.Sum(SpokenWords) <= (seconds * MostWordsPerSecond) + SpareWords)
        {
            return text;
        }

        var fewest = ranAway ? 2 : 4;
        for (var surplus = FindRepeat(words, count, fewest); surplus > 0; surplus = FindRepeat(words, count, fewest))
        {
            count -= surplus;
        }

        // A sentence that was to go on with its own beginning ends here.
        return count == words.Length ? text : string.Join(' ', words[..count]).TrimEnd(',', ';', ':');
    }

    /// <summary>How much of the audio is sound and not a pause.</summary>
    /// <param name="samples">16 kHz mono.</param>
    public static double SecondsOfSound(ReadOnlySpan<float> samples)
    {
        var energies = new float[samples.Length / Frame];
        for (var i = 0; i < energies.Length; i++)
        {
            energies[i] = TensorPrimitives.SumOfSquares(samples.Slice(i * Frame, Frame));
        }

        var threshold = energies.Length == 0 ? 0 : TensorPrimitives.Max<float>(energies) * QuietShare * QuietShare;
        return energies.Count(energy => energy > threshold) * (double)Frame / TranscriptionRequest.SampleRate;
    }

    // How many words at the end say again what stands before them. Either a whole phrase once or more often, or at least the fewest words
    // of one, straight after a punctuation mark: "What is the capital of France? What is the capital".
    private static int FindRepeat(string[] words, int count, int fewest)
    {
        for (var period = 1; period < count; period++)
        {
            var again = 0;
            while (count - 1 - again - period >= 0 && SameWord(words[count - 1 - again], words[count - 1 - again - period]))
            {
                again++;
            }

            if (again >= period || (again >= fewest && words[count - again - 1][^1] is '.' or '?' or '!' or ','))
            {
                return again;
            }
        }

        return 0;
    }

    // "$29.95" is written as one word and spoken as six: about one for each digit, and one for what stands around them.
    private static int SpokenWords(string word) => Math.Max(1, word.Count(char.IsAsciiDigit) + (word.IndexOfAny(['$', '€', '£', '%']) >= 0 ? 1 : 0));

    private static bool SameWord(string a, string b) => a.AsSpan().Trim(".,?!;:-").Equals(b.AsSpan().Trim(".,?!;:-"), StringComparison.OrdinalIgnoreCase);
}
