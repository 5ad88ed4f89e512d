using SpeechBot.ServiceDefaults.Telemetry;
using SpeechBot.Tests.Support.Otlp;

namespace SpeechBot.Tests.EndToEnd;

/// <summary>What is measured arrives, with units, descriptions, bounds that fit, and ways to the traces.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class MetricsTests(AppHostFixture system, SpokenTurn turn) : IClassFixture<SpokenTurn>
{
    [Theory]
    [InlineData("web", TelemetryNames.Instruments.VoiceToVoice, "s", true)]
    [InlineData("web", TelemetryNames.Instruments.EndOfTurnWait, "s", true)]
    [InlineData("web", TelemetryNames.Instruments.ActiveConversations, "{conversation}", false)]
    [InlineData("web", TelemetryNames.Instruments.CpuUsage, "{cpu}", false)]
    [InlineData("stt", TelemetryNames.Instruments.SttDuration, "s", true)]
    [InlineData("stt", TelemetryNames.Instruments.SttRealTimeFactor, "1", true)]
    [InlineData("stt", TelemetryNames.Instruments.QueueWait, "s", true)]
    [InlineData("stt", TelemetryNames.Instruments.QueueLength, "{request}", false)]
    [InlineData("stt", TelemetryNames.Instruments.ModelMemory, "By", false)]
    [InlineData("stt", TelemetryNames.Instruments.CpuUsage, "{cpu}", false)]
    [InlineData("llm", TelemetryNames.Instruments.TimeToFirstToken, "s", true)]
    [InlineData("llm", TelemetryNames.Instruments.TimePerOutputToken, "s", true)]
    [InlineData("llm", TelemetryNames.Instruments.TokensPerSecond, "{token}/s", true)]
    [InlineData("llm", TelemetryNames.Instruments.TokenUsage, "{token}", true)]
    [InlineData("llm", TelemetryNames.Instruments.QueueWait, "s", true)]
    [InlineData("llm", TelemetryNames.Instruments.QueueLength, "{request}", false)]
    [InlineData("llm", TelemetryNames.Instruments.KvCacheUsage, "1", false)]
    [InlineData("llm", TelemetryNames.Instruments.ModelMemory, "By", false)]
    [InlineData("llm", TelemetryNames.Instruments.CpuUsage, "{cpu}", false)]
    [InlineData("tts", TelemetryNames.Instruments.TimeToFirstAudio, "s", true)]
    [InlineData("tts", TelemetryNames.Instruments.TtsRealTimeFactor, "1", true)]
    [InlineData("tts", TelemetryNames.Instruments.QueueWait, "s", true)]
    [InlineData("tts", TelemetryNames.Instruments.QueueLength, "{request}", false)]
    [InlineData("tts", TelemetryNames.Instruments.ModelMemory, "By", false)]
    [InlineData("tts", TelemetryNames.Instruments.CpuUsage, "{cpu}", false)]
    public async Task A_turn_is_measured(string service, string name, string unit, bool isHistogram)
    {
        var metric = await ExportedAsync(service, name, _ => true);

        Assert.Equal(unit, metric.Unit);
        Assert.NotEmpty(metric.Description);
        Assert.Equal(isHistogram, metric.Bounds.Count > 0);
    }

    [Theory]
    [InlineData("web", TelemetryNames.Instruments.VoiceToVoice)]
    [InlineData("stt", TelemetryNames.Instruments.SttDuration)]
    [InlineData("llm", TelemetryNames.Instruments.TimeToFirstToken)]
    [InlineData("tts", TelemetryNames.Instruments.TimeToFirstAudio)]
    public Task A_measurement_leads_to_the_trace_of_its_turn(string service, string name) =>
        ExportedAsync(service, name, metric => metric.Traces.Contains(turn.TraceId));

    [Fact]
    public async Task Tokens_are_told_apart_by_their_time()
    {
        // With bounds made for whole turns, every token of a small model would lie in the first bucket.
        var perToken = await ExportedAsync("llm", TelemetryNames.Instruments.TimePerOutputToken, _ => true);

        Assert.True(perToken.Bounds.Count(bound => bound <= 0.02) >= 5);
    }

    private Task<ExportedMetric> ExportedAsync(string service, string name, Func<ExportedMetric, bool> condition) => system.ExportedAsync(
        telemetry => telemetry.Metrics.FirstOrDefault(metric => metric.Service == service && metric.Name == name && condition(metric)), $"{name} of {service}");
}
