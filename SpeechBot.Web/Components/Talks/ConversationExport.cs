using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Components.Talks;

/// <summary>A talk → a file that somebody can read or a program can work on.</summary>
public static class ConversationExport
{
    // Words in any script stay readable; the file is never put into a page.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A file name from the title: letters, digits and hyphens only.</summary>
    public static string FileName(Conversation conversation, string ending)
    {
        var words = new StringBuilder();
        foreach (var letter in conversation.Title.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter))
            {
                words.Append(letter);
            }
            else if (words.Length > 0 && words[^1] != '-')
            {
                words.Append('-');
            }
        }

        var name = words.ToString().Trim('-');
        return $"{(name.Length == 0 ? "talk" : name.Length > 60 ? name[..60] : name)}.{ending}";
    }

    /// <summary>Title, time, and who said what; of an answer that was stopped, what was heard.</summary>
    public static string ToMarkdown(Conversation conversation)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {conversation.Title}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{conversation.Created:yyyy-MM-dd HH:mm} UTC").AppendLine();
        foreach (var turn in conversation.Turns)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"**You:** {turn.UserText}").AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"**SpeechBot:** {Heard(turn)}").AppendLine();
        }

        return text.ToString();
    }

    /// <summary>Everything that is known of the talk, with the timings in milliseconds from the person's last voiced sample.</summary>
    public static string ToJson(Conversation conversation) => JsonSerializer.Serialize(
        new
        {
            conversation.Id,
            conversation.Title,
            conversation.Created,
            conversation.Updated,
            conversation.Voice,
            conversation.SystemPrompt,
            Turns = conversation.Turns.Select(turn => new
            {
                turn.Id,
                turn.StartedAt,
                User = turn.UserText,
                Bot = turn.BotText,
                Heard = Heard(turn),
                State = turn.State.ToString().ToLowerInvariant(),
                turn.TraceId,
                Milliseconds = turn.Timings.VoiceToVoice,
                Segments = turn.Timings.Segments.Select(segment => new { segment.Name, segment.StartMs, segment.EndMs }),
            }),
        },
        Json);

    private static string Heard(Turn turn) => turn.State == TurnState.Interrupted ? $"{turn.HeardText.TrimEnd()} …" : turn.BotText;
}
