using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tests.Support;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

/// <summary>The realtime endpoint against clients that do as they should, and those that do not.</summary>
public sealed class RealtimeProtocolTests
{
    [Theory]
    [InlineData("""nonsense""", "invalid_json")]
    [InlineData("""[]""", "invalid_json")]
    [InlineData("""{"type":"no.such.event"}""", "unknown_event")]
    [InlineData("""{}""", "unknown_event")]
    [InlineData("""{"type":"input_audio_buffer.append","audio":"%%%"}""", "invalid_audio")]
    [InlineData("""{"type":"input_audio_buffer.append","audio":"AAAA"}""", "invalid_audio")]
    [InlineData("""{"type":"input_audio_buffer.append"}""", "missing_field")]
    [InlineData("""{"type":"input_audio_buffer.commit"}""", "input_audio_buffer_commit_empty")]
    [InlineData("""{"type":"response.create"}""", "response_create_empty")]
    [InlineData("""{"type":"conversation.item.truncate","item_id":"item_of_nobody","audio_end_ms":5}""", "item_not_found")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"message","role":"system"}}""", "invalid_item")]
    [InlineData("""{"type":"session.update","session":{"speechbot":{"pipeline":"magic"}}}""", "invalid_value")]
    [InlineData("""{"type":"session.update","session":{"speechbot":{"pipeline":"2"}}}""", "invalid_value")]
    [InlineData("""{"type":"session.update","session":{"audio":{"output":{"speed":9}}}}""", "invalid_value")]
    [InlineData("""{"type":"session.update","session":{"audio":{"input":{"format":{"type":"audio/pcmu"}}}}}""", "unsupported_format")]
    public async Task A_bad_event_is_answered_with_an_error_and_the_talk_goes_on(string message, string code)
    {
        await using var talk = await Talk.StartAsync();
        await using var client = await talk.ConnectAsync();

        await client.SendTextAsync(message);
        var error = (await client.WaitForAsync("error")).GetProperty("error");
        await client.AskAsync("Who are you?");

        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal("completed", (await client.WaitForAsync("response.done")).GetProperty("response").GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_oversized_message_is_refused_by_name()
    {
        await using var talk = await Talk.StartAsync();
        await using var client = await talk.ConnectAsync();

        await client.SendAudioAsync(new byte[300_000]);

        Assert.Equal("message_too_large", (await client.WaitForAsync("error")).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Settings_are_taken_over_and_told()
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await client.SendTextAsync("""{"type":"session.update","session":{"instructions":"Be brief.","audio":{"input":{"turn_detection":{"type":"semantic_vad"}},"output":{"voice":"joe","speed":1.2}},"speechbot":{"pipeline":"streamed"}}}""");
        var told = (await client.WaitForAsync("session.updated")).GetProperty("session");

        Assert.Equal("Be brief.", told.GetProperty("instructions").GetString());
        Assert.Equal(("Be brief.", "joe", 1.2, TurnMode.HandsFree), (session.Settings.SystemPrompt, session.Settings.Voice, session.Settings.Speed, session.Settings.TurnMode));

        await client.SendTextAsync("""{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}""");
        await client.WaitForAsync("session.updated");
        Assert.Equal(TurnMode.PushToTalk, session.Settings.TurnMode);
        Assert.Equal("Be brief.", session.Settings.SystemPrompt);
    }

    [Fact]
    public async Task A_second_connection_takes_the_place_of_the_first()
    {
        await using var talk = await Talk.StartAsync();
        await using var session = await talk.OpenSessionAsync();
        await using var first = await talk.ConnectAsync(session);
        await using var second = await talk.ConnectAsync(session);

        await Assert.ThrowsAnyAsync<Exception>(() => first.WaitForAsync("response.done"));
        await second.AskAsync("Who are you?");

        await second.WaitForAsync("response.done");
        Assert.True(session.Connected);
    }

    [Fact]
    public async Task A_session_of_its_own_ends_with_its_connection()
    {
        await using var talk = await Talk.StartAsync();
        var sessions = talk.Services.GetRequiredService<VoiceSessions>();
        var client = await talk.ConnectAsync();
        Assert.Equal(1, sessions.Count);

        await client.DisposeAsync();

        await Eventually.TrueAsync(() => sessions.Count == 0);
    }

    [Fact]
    public async Task No_more_sessions_are_opened_than_allowed()
    {
        await using var talk = await Talk.StartAsync(settings: ("Realtime:MaxSessions", "1"));
        await using var session = await talk.OpenSessionAsync();

        var refused = await Assert.ThrowsAsync<OpenAiException>(() => talk.OpenSessionAsync());

        Assert.Contains("Realtime:MaxSessions", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task A_page_from_elsewhere_is_refused(string origin)
    {
        await using var talk = await Talk.StartAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => talk.ConnectAsync(origin: origin));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_session_and_a_plain_request_are_told_what_to_do()
    {
        await using var talk = await Talk.StartAsync();
        using var plain = await talk.Http.GetAsync("/v1/realtime", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, plain.StatusCode);
        Assert.Contains("WebSocket", await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => talk.ConnectAsync(query: "?session=unknown"));
        Assert.Contains("404", refused.Message, StringComparison.Ordinal);
    }
}
