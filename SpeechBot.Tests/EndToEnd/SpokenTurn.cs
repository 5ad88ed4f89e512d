using SpeechBot.Bench.Talking;
using SpeechBot.Tests.Support;
using SpeechBot.Tests.Support.Otlp;

namespace SpeechBot.Tests.EndToEnd;

/// <summary>One turn that was really spoken, and its trace as the services exported it; shared by the tests that look at it.</summary>
public sealed class SpokenTurn(AppHostFixture system) : IAsyncLifetime
{
    /// <summary>Two questions with a pause between them: what is made of the first one alone is thrown away.</summary>
    public const string Recording = "two-questions.wav";

    internal TurnResult Result { get; private set; } = null!;

    internal string TraceId => TraceOf(Result);

    internal IReadOnlyList<ExportedSpan> Spans { get; private set; } = [];

    /// <summary>The turn itself.</summary>
    internal ExportedSpan Root => Spans.Single(span => span.ParentId is null);

    /// <summary>The marks as the page is told them, in milliseconds from the last voiced sample, in order.</summary>
    internal IReadOnlyList<(string Name, double Ms)> Marks =>
        [.. Result.Timings!.Value.GetProperty("marks").EnumerateObject().Select(mark => (mark.Name, mark.Value.GetDouble()))];

    /// <summary>The parts of the waterfall as the page is told them.</summary>
    internal IReadOnlyList<(string Name, double Start, double End)> Segments =>
    [
        .. Result.Timings!.Value.GetProperty("segments").EnumerateArray().Select(part => (
            part.GetProperty("name").GetString()!, part.GetProperty("start_ms").GetDouble(), part.GetProperty("end_ms").GetDouble())),
    ];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // Spoken once for all classes that look at it.
        (Result, Spans) = await (system.Spoken ??= SpeakAsync());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal IEnumerable<ExportedSpan> Named(string name, string? service = null) =>
        Spans.Where(span => span.Name == name && (service is null || span.Service == service));

    /// <summary>Whether one span lies under another, however deep.</summary>
    internal bool IsUnder(ExportedSpan span, ExportedSpan above) =>
        span.ParentId is { } parent && (parent == above.SpanId || (Spans.FirstOrDefault(other => other.SpanId == parent) is { } next && IsUnder(next, above)));

    private async Task<(TurnResult Result, IReadOnlyList<ExportedSpan> Spans)> SpeakAsync()
    {
        await using var talker = await Talker.StartAsync(system.Web, "speculative", handsFree: true, CancellationToken.None);
        var result = await talker.SayAsync(Recording, TestAudio.Read(Recording), CancellationToken.None);
        Assert.Null(result.Error);
        return (result, await system.ExportedAsync(telemetry => Whole(telemetry.Trace(TraceOf(result))), "The whole trace of the turn"));
    }

    private static string TraceOf(TurnResult result) => result.Timings!.Value.GetProperty("trace_id").GetString()!;

    // Each service exports on its own; the trace is whole when nobody's parent is missing and each has told its part.
    private static IReadOnlyList<ExportedSpan>? Whole(IReadOnlyList<ExportedSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Any(span => span.ParentId is null)
            && spans.All(span => span.ParentId is null || ids.Contains(span.ParentId))
            && spans.Any(span => span is { Service: "stt", Name: "transcribe" } && span.Tags.GetValueOrDefault("speechbot.transcription.fate") == "used")
            && spans.Any(span => span.Service == "llm" && span.Name.StartsWith("chat ", StringComparison.Ordinal))
            && spans.Any(span => span is { Service: "tts", Name: "synthesize" })
            ? spans
            : null;
    }
}
