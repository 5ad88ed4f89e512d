using System.Collections.Concurrent;
using System.Diagnostics;
using SpeechBot.ServiceDefaults.Telemetry;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Web;

/// <summary>What web's spans tell of a turn, and what they keep to themselves.</summary>
public sealed class TurnTelemetryTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public TurnTelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.WebSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task Speaking_over_an_answer_is_an_event_of_its_turn()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.AnswerAsync();

        scene.Voice("b", 5000);
        scene.Pause("b", "Stop.", 5400);
        await scene.Client.WaitForAsync("output_audio_buffer.cleared");

        var turn = await EndedAsync(scene.Session.Conversation.Turns[0].TraceId);
        Assert.Equal("interrupted", turn.GetTagItem(TelemetryNames.Tags.TurnOutcome));
        Assert.Contains(turn.Events, happened => happened.Name == TelemetryNames.Events.BargeIn);
    }

    [Fact]
    public async Task A_backchannel_is_an_event_too_and_the_turn_goes_on_to_its_end()
    {
        await using var scene = await HandsFree.StartAsync();
        await scene.AnswerAsync();

        await scene.SpeakOverAsync("b", 5000);
        scene.Pause("b", "Mhm.", 5300);
        scene.Over("b", "Mhm.", 5300);

        var turn = await EndedAsync(scene.Session.Conversation.Turns[0].TraceId);
        Assert.Equal("done", turn.GetTagItem(TelemetryNames.Tags.TurnOutcome));
        Assert.Contains(turn.Events, happened => happened.Name == TelemetryNames.Events.Backchannel);
        Assert.DoesNotContain(turn.Events, happened => happened.Name == TelemetryNames.Events.BargeIn);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Words_stand_in_the_spans_only_where_the_configuration_says_so(bool capture)
    {
        Environment.SetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
        await using var talk = await Talk.StartAsync(null, ("Telemetry:CaptureContent", capture ? "true" : "false"));
        var session = await talk.OpenSessionAsync();
        await using var client = await talk.ConnectAsync(session);

        await session.SayAsync("What is the capital of Norway?");
        await client.WaitForAsync("response.done");
        var trace = session.Conversation.Turns[0].TraceId;
        await EndedAsync(trace);

        var told = _spans.Where(span => span.TraceId.ToHexString() == trace).SelectMany(span => span.TagObjects).Select(tag => $"{tag.Value}").ToArray();
        Assert.Equal(capture, told.Any(text => text.Contains("Norway", StringComparison.Ordinal)));
    }

    public void Dispose() => _listener.Dispose();

    private async Task<Activity> EndedAsync(string? traceId)
    {
        await Eventually.TrueAsync(() => _spans.Any(IsTurn));
        return _spans.First(IsTurn);

        bool IsTurn(Activity span) => span.OperationName == TelemetryNames.Spans.VoiceTurn && span.TraceId.ToHexString() == traceId;
    }
}
