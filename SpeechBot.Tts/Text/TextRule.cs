using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Text;

/// <summary>One way in which something is written, and how it is said.</summary>
/// <param name="Pattern">What is written.</param>
/// <param name="Say">The words for a match, or null to leave it as it stands.</param>
internal sealed record TextRule(Regex Pattern, Func<Match, string?> Say)
{
    /// <summary>Replaces every match in the text.</summary>
    public string Apply(string text) => Pattern.Replace(text, match => Say(match) ?? match.Value);
}
