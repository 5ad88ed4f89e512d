using System.Text.Json;
using SpeechBot.Web.Components.Talks;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

public sealed class ConversationExportTests
{
    [Fact]
    public void A_person_can_read_the_markdown()
    {
        var text = ConversationExport.ToMarkdown(Talk());

        Assert.Contains("# Paris & trains?", text);
        Assert.Contains("**You:** What is the capital of France?", text);
        Assert.Contains("**SpeechBot:** The capital of France is Paris.", text);
    }

    [Fact]
    public void Of_an_answer_that_was_stopped_only_what_was_heard_is_written()
    {
        var talk = Talk();
        talk.Turns[0].State = TurnState.Interrupted;
        talk.Turns[0].HeardText = "The capital of France ";

        Assert.Contains("**SpeechBot:** The capital of France …", ConversationExport.ToMarkdown(talk));
        Assert.DoesNotContain("Seine", ConversationExport.ToMarkdown(talk));
    }

    [Fact]
    public void A_program_can_read_the_json()
    {
        using var json = JsonDocument.Parse(ConversationExport.ToJson(Talk()));

        var turn = json.RootElement.GetProperty("turns")[0];
        Assert.Equal("What is the capital of France?", turn.GetProperty("user").GetString());
        Assert.Equal(312, turn.GetProperty("milliseconds").GetDouble());
        Assert.Equal(5, turn.GetProperty("segments").GetArrayLength());
    }

    [Theory]
    [InlineData("Paris & trains?", "paris-trains.md")]
    [InlineData("../../etc/passwd", "etc-passwd.md")]
    [InlineData("¿…?", "talk.md")]
    public void A_file_name_holds_letters_and_digits_only(string title, string expected) =>
        Assert.Equal(expected, ConversationExport.FileName(Talk(title), "md"));

    private static Conversation Talk(string title = "Paris & trains?")
    {
        var conversation = new Conversation("talk_1", DateTimeOffset.UnixEpoch) { Title = title };
        conversation.Add(PageTest.Answered());
        return conversation;
    }
}
