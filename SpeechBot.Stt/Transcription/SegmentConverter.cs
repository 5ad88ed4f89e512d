using System.Text.RegularExpressions;
using Whisper.net;

namespace SpeechBot.Stt.Transcription;

/// <summary>Whisper's segments → ours, without the notes on sounds that it writes in brackets.</summary>
internal static partial class SegmentConverter
{
    public static TranscriptSegment Convert(SegmentData data, bool words)
    {
        var text = data.Text.Trim();
        return new TranscriptSegment(IsSoundNote(text) ? "" : text, data.Start, data.End, data.Language)
        {
            Tokens = [.. data.Tokens.Select(token => token.Id)],
            AverageLogProbability = data.Tokens.Length > 0 ? data.Tokens.Average(token => token.ProbabilityLog) : 0,
            NoSpeechProbability = data.NoSpeechProbability,
            Words = words ? CollectWords(data.Tokens) : [],
        };
    }

    /// <summary>Whether it is only a note on a sound, such as "[Music]", and no words; of a short sound the note may be cut off ("[").</summary>
    public static bool IsSoundNote(string text) => SoundNote().IsMatch(text) || !text.Any(char.IsLetterOrDigit);

    // A token that begins with a space begins a word; the others continue it.
    private static List<TranscriptWord> CollectWords(WhisperToken[] tokens)
    {
        var words = new List<TranscriptWord>();
        foreach (var token in tokens)
        {
            if (token.Text is not { Length: > 0 } text || text.StartsWith("[_", StringComparison.Ordinal) || text.StartsWith("<|", StringComparison.Ordinal))
            {
                continue;
            }

            var (start, end) = (Hundredths(token.Start), Hundredths(token.End));
            if (words.Count == 0 || text[0] == ' ')
            {
                words.Add(new TranscriptWord(text.Trim(), start, end));
            }
            else
            {
                words[^1] = words[^1] with { Text = words[^1].Text + text, End = end };
            }
        }

        return words;
    }

    private static TimeSpan Hundredths(long value) => TimeSpan.FromMilliseconds(Math.Max(0, value) * 10);

    [GeneratedRegex(@"^(\s*(\[[^\]]*(\]|$)|\([^)]*\)|\*[^*]*\*|♪+)\s*)+$")]
    private static partial Regex SoundNote();
}
