using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

[Collection(nameof(Ears))]
public sealed class RealtimeTests(Ears ears)
{
    private const int Rate = 24_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_that_is_recorded_by_button_is_transcribed_on_commit()
    {
        using var socket = await ConnectAsync();
        Assert.Equal("session.created", (await ReadAsync(socket)).GetProperty("type").GetString());
        await SendAsync(socket, """{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}""");
        var updated = await ReadAsync(socket);
        Assert.Equal(JsonValueKind.Null, updated.GetProperty("session").GetProperty("audio").GetProperty("input").GetProperty("turn_detection").ValueKind);

        await SendAudioAsync(socket, "capital-of-france.wav");
        await SendAsync(socket, """{"type":"input_audio_buffer.commit"}""");

        var completed = await ReadUntilAsync(socket, "conversation.item.input_audio_transcription.completed");
        Assert.Equal("What is the capital of France?", completed.GetProperty("transcript").GetString());
        Assert.StartsWith("item_", completed.GetProperty("item_id").GetString());
    }

    [Fact]
    public async Task Speech_is_followed_hands_free_and_in_base64()
    {
        using var socket = await ConnectAsync();
        var pcm = Pcm16.ToBytes(TestAudio.Padded("short-joke.wav", Rate, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)).Samples);
        await SendAsync(socket, """{"type":"session.update","session":{"turn_detection":{"type":"server_vad","silence_duration_ms":300}}}""");
        foreach (var frame in pcm.Chunk(9_600))
        {
            await SendAsync(socket, JsonSerializer.Serialize(new { type = "input_audio_buffer.append", audio = Convert.ToBase64String(frame) }));
        }

        var started = await ReadUntilAsync(socket, "input_audio_buffer.speech_started");
        Assert.InRange(started.GetProperty("audio_start_ms").GetInt64(), 900, 1_500);
        var confirmed = await ReadUntilAsync(socket, "speechbot.turn.confirmed");
        Assert.Equal("Tell me a short joke.", confirmed.GetProperty("transcript").GetString());
        Assert.InRange(confirmed.GetProperty("audio_end_ms").GetInt64(), 2_400, 3_000);
        Assert.True(confirmed.GetProperty("timings").GetProperty("transcription_ms").GetDouble() > 0);
    }

    [Theory]
    [InlineData("hello", "invalid_json")]
    [InlineData("[]", "invalid_event")]
    [InlineData("""{"type":"response.create"}""", "unknown_event")]
    [InlineData("""{"type":"input_audio_buffer.commit"}""", "input_audio_buffer_commit_empty")]
    [InlineData("""{"type":"input_audio_buffer.append","audio":"!"}""", "invalid_value")]
    [InlineData("""{"type":"session.update"}""", "missing_required_parameter")]
    [InlineData("""{"type":"session.update","session":{"turn_detection":{"type":"telepathy"}}}""", "invalid_value")]
    [InlineData("""{"type":"session.update","session":{"turn_detection":{"type":"server_vad","silence_duration_ms":-5}}}""", "invalid_value")]
    [InlineData("""{"type":"session.update","session":{"audio":{"input":{"format":{"rate":1}}}}}""", "invalid_value")]
    [InlineData("""{"type":"speechbot.turn.trace","item_id":"item_1","traceparent":"nonsense"}""", "invalid_value")]
    public async Task An_event_that_cannot_be_used_is_answered_and_the_session_goes_on(string message, string code)
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, message);

        var error = (await ReadUntilAsync(socket, "error")).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);

        await SendAsync(socket, """{"type":"input_audio_buffer.clear"}""");
        await ReadUntilAsync(socket, "input_audio_buffer.cleared");
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_left_out()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(new byte[300 * 1024], WebSocketMessageType.Binary, true, Cancelled);

        Assert.Equal("message_too_large", (await ReadUntilAsync(socket, "error")).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_client_that_just_goes_away_is_no_error()
    {
        for (var visit = 0; visit < 3; visit++)
        {
            var socket = await ConnectAsync();
            Assert.Equal("session.created", (await ReadAsync(socket)).GetProperty("type").GetString());
            socket.Abort();
            socket.Dispose();
        }

        // Its end is noticed while another is being served.
        using var next = await ConnectAsync();
        await SendAsync(next, """{"type":"input_audio_buffer.clear"}""");
        await ReadUntilAsync(next, "input_audio_buffer.cleared");

        Assert.DoesNotContain(ears.Errors.Errors, error => error.Contains("unhandled", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/v1/realtime?intent=transcription", "websocket_required")]
    public async Task A_plain_request_is_told_to_come_by_websocket(string path, string code)
    {
        using var response = await ears.Client.GetAsync(path, Cancelled);
        var error = await response.Content.ReadFromJsonAsync<OpenAiErrorEnvelope>(Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, error?.Error.Code);
    }

    private Task<WebSocket> ConnectAsync() =>
        ears.Server.CreateWebSocketClient().ConnectAsync(new Uri("ws://localhost/v1/realtime?intent=transcription"), Cancelled);

    private static async Task SendAudioAsync(WebSocket socket, string clip)
    {
        foreach (var frame in Pcm16.ToBytes(TestAudio.Read(clip).To(Rate).Samples).Chunk(960))
        {
            await socket.SendAsync(frame, WebSocketMessageType.Binary, true, Cancelled);
        }
    }

    private static Task SendAsync(WebSocket socket, string json) => socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, Cancelled);

    private static async Task<JsonElement> ReadUntilAsync(WebSocket socket, string type)
    {
        while (true)
        {
            var message = await ReadAsync(socket);
            if (message.GetProperty("type").GetString() == type)
            {
                return message;
            }
        }
    }

    private static async Task<JsonElement> ReadAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var result = await socket.ReceiveAsync(buffer, Cancelled).WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
        Assert.Equal(WebSocketMessageType.Text, result.MessageType);
        using var document = JsonDocument.Parse(buffer.AsMemory(0, result.Count));
        return document.RootElement.Clone();
    }
}
