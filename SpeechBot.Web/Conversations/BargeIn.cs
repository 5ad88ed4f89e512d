using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SpeechBot.Web.Conversations;

/// <summary>Words heard over an answer → do they mean anything? A "mhm" and an echo of the answer itself do not.</summary>
internal static partial class BargeIn
{
    private const int LongestBackchannel = 3;

    // An echo is heard imperfectly: three words of four must be the answer's own, in its order.
    private const double EchoShare = 0.75;

    private static readonly FrozenSet<string> Stops = FrozenSet.ToFrozenSet(
    [
        "stop", "stop it", "stop talking", "stop speaking", "stop there", "stop stop", "quiet", "be quiet", "silence", "shut up", "enough", "that's enough", "never mind", "cancel", "hush",
    ]);

    private static readonly FrozenSet<string> Politeness = FrozenSet.ToFrozenSet(["please", "ok", "okay", "oh", "hey", "no", "now", "thanks", "thank", "you"]);

    private static readonly FrozenSet<string> Backchannels = FrozenSet.ToFrozenSet(
    [
        "ah", "oh", "aha", "yeah", "yea", "yup", "yep", "yes", "right", "ok", "okay", "sure",
        "i", "see", "great", "good", "nice", "cool", "wow", "really", "true", "exactly", "you", "thank", "thanks",
    ]);

    /// <summary>Whether an answer may go on after this.</summary>
    /// <param name="heard">What the ears understood.</param>
    /// <param name="answer">The answer that was being spoken.</param>
    internal static bool IsNothing(string heard, string answer)
    {
        // Whisper writes noises in brackets.
        var words = WordsOf(Bracketed().Replace(heard, ""));
        return words.Count == 0 || IsBackchannel(words) || IsEcho(words, WordsOf(answer));
    }

    /// <summary>Whether the words are those of the answer, picked up by the microphone.</summary>
    internal static bool IsEcho(string heard, string answer) => IsEcho(WordsOf(heard), WordsOf(answer));

    /// <summary>Whether the person wants silence, and no answer to this.</summary>
    internal static bool IsStop(string heard) => Stops.Contains(string.Join(' ', WordsOf(heard).Where(word => !Politeness.Contains(word))));

    private static bool IsBackchannel(List<string> words) => words.Count <= LongestBackchannel && words.All(word => Backchannels.Contains(word) || Hum().IsMatch(word));

    private static bool IsEcho(List<string> heard, List<string> answer)
    {
        // One word of the answer may well be meant: "Paris?"
        if (heard.Count < 2)
        {
            return false;
        }

        var common = new int[heard.Count + 1, answer.Count + 1];
        for (var i = 1; i <= heard.Count; i++)
        {
            for (var j = 1; j <= answer.Count; j++)
            {
                common[i, j] = heard[i - 1] == answer[j - 1] ? common[i - 1, j - 1] + 1 : Math.Max(common[i - 1, j], common[i, j - 1]);
            }
        }

        return common[heard.Count, answer.Count] >= heard.Count * EchoShare;
    }

    private static List<string> WordsOf(string text) => [.. Word().Matches(text.ToLowerInvariant().Replace("-", "")).Select(match => match.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}']+")]
    private static partial Regex Word();

    // "Mhm", "uh-huh", "hmm", "um": however many letters they are written with.
    [GeneratedRegex("^[mhu]+$")]
    private static partial Regex Hum();

    [GeneratedRegex(@"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*")]
    private static partial Regex Bracketed();
}
