using SpeechBot.ServiceDefaults.Telemetry;
using SpeechBot.Tests.Support.Otlp;

namespace SpeechBot.Tests.EndToEnd;

/// <summary>One spoken turn is one trace, from which can be read why it took as long as it did.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class TurnTraceTests(AppHostFixture system, SpokenTurn turn) : IClassFixture<SpokenTurn>
{
    // Timestamps travel as fractions; nothing here was measured twice.
    private const decimal Close = 5;

    private static readonly string[] MarkNames =
    [
        TelemetryNames.Marks.LastVoiced, TelemetryNames.Marks.Transcript, TelemetryNames.Marks.FirstToken, TelemetryNames.Marks.FirstClause,
        TelemetryNames.Marks.FirstAudio, TelemetryNames.Marks.Released, TelemetryNames.Marks.Heard,
    ];

    [Fact]
    public void A_turn_is_one_tree_across_all_four_services()
    {
        Assert.Equal(("web", TelemetryNames.Spans.VoiceTurn), (turn.Root.Service, turn.Root.Name));
        Assert.All(turn.Spans.Where(span => span != turn.Root), span => Assert.True(turn.IsUnder(span, turn.Root), $"{span.Service}: {span.Name} hangs in the air"));
        Assert.Equal(["llm", "stt", "tts", "web"], turn.Spans.Select(span => span.Service).Distinct().Order());
    }

    [Fact]
    public void Under_the_turn_are_its_stages()
    {
        Assert.All(turn.Named(TelemetryNames.Spans.Transcribe, "stt"), span => Assert.Equal(turn.Root.SpanId, span.ParentId));
        Assert.Equal(turn.Root.SpanId, Assert.Single(turn.Named(TelemetryNames.Spans.EndOfTurn, "web")).ParentId);
        Assert.Equal(turn.Root.SpanId, Assert.Single(turn.Named(TelemetryNames.Spans.Play, "web")).ParentId);
        var asked = Chats("web").Last();
        var answered = Chats("llm").Last();
        Assert.Equal(turn.Root.SpanId, asked.ParentId);
        Assert.True(turn.IsUnder(answered, asked));
        var clauses = turn.Named(TelemetryNames.Spans.Synthesize, "tts").Select(span => span.Number(TelemetryNames.Tags.ClauseIndex)).Distinct().Order().ToArray();
        Assert.Equal(Enumerable.Range(0, clauses.Length).Select(index => (decimal)index), clauses);
        // What was given up because the voice went on is no failure.
        Assert.DoesNotContain(turn.Spans, span => span is { Failed: true, Service: "stt" or "llm" or "tts", Name: TelemetryNames.Spans.Transcribe or TelemetryNames.Spans.Synthesize });
    }

    [Fact]
    public void What_was_transcribed_in_vain_is_marked()
    {
        var runs = turn.Named(TelemetryNames.Spans.Transcribe, "stt").ToArray();

        Assert.All(runs, run => Assert.Contains(run.Tags[TelemetryNames.Tags.Fate], (string[])["used", "kept", "dropped"]));
        Assert.Single(runs, run => run.Tags[TelemetryNames.Tags.Fate] == "used");
        Assert.True(runs.Length > 1, "nothing was transcribed in the pause between the two questions");
        Assert.All(runs, run => Assert.Equal("true", run.Tags[TelemetryNames.Tags.Speculative]));
    }

    [Fact]
    public void Each_stage_tells_what_its_time_went_into()
    {
        var transcribed = turn.Named(TelemetryNames.Spans.Transcribe, "stt").Single(run => run.Tags[TelemetryNames.Tags.Fate] == "used");
        Assert.Equal("cpu", transcribed.Tags[TelemetryNames.Tags.Accelerator]);
        Assert.True(transcribed.Number(TelemetryNames.Tags.AudioSeconds) > 0);
        Assert.True(transcribed.Number(TelemetryNames.Tags.QueueMilliseconds) >= 0);

        var answered = Chats("llm").Last();
        Assert.Equal("chat", answered.Tags[TelemetryNames.Tags.Operation]);
        Assert.Equal($"chat {answered.Tags[TelemetryNames.Tags.Model]}", answered.Name);
        Assert.Equal(answered.Tags[TelemetryNames.Tags.Model], answered.Tags[TelemetryNames.Tags.ResponseModel]);
        Assert.Equal(answered.Number(TelemetryNames.Tags.InputTokens), answered.Number(TelemetryNames.Tags.CachedTokens) + answered.Number(TelemetryNames.Tags.PrefilledTokens));
        Assert.True(answered.Number(TelemetryNames.Tags.OutputTokens) > 0);
        Assert.Equal(
            [TelemetryNames.Events.TakenUp, TelemetryNames.Events.PromptRead, TelemetryNames.Events.FirstToken],
            answered.Events.Select(happened => happened.Name));

        Assert.All(turn.Named(TelemetryNames.Spans.Synthesize, "tts"), clause => Assert.True(clause.Number(TelemetryNames.Tags.Characters) > 0));
        Assert.True(Assert.Single(turn.Named(TelemetryNames.Spans.EndOfTurn)).Number(TelemetryNames.Tags.Asks) >= 0);
        Assert.Equal("done", turn.Root.Tags[TelemetryNames.Tags.TurnOutcome]);
        Assert.Equal("speculative", turn.Root.Tags[TelemetryNames.Tags.Pipeline]);
        Assert.StartsWith("turn_", turn.Root.Tags[TelemetryNames.Tags.TurnId], StringComparison.Ordinal);
    }

    [Fact]
    public void The_seven_marks_come_in_order()
    {
        Assert.Equal(MarkNames, turn.Marks.Select(mark => mark.Name));
        Assert.Equal(turn.Marks.Select(mark => mark.Ms), turn.Marks.Select(mark => mark.Ms).Order());
        var events = turn.Root.Events.Where(happened => MarkNames.Contains(happened.Name)).ToArray();
        Assert.Equal(MarkNames, events.Select(happened => happened.Name));
        Assert.All(turn.Marks.Zip(events), pair => Assert.InRange(Math.Abs((decimal)pair.First.Ms - (pair.Second.At - turn.Root.Start)), 0, Close));
    }

    [Fact]
    public void The_parts_of_the_waterfall_lie_between_marks_and_add_up_to_voice_to_voice()
    {
        var marks = turn.Marks.ToDictionary(mark => mark.Name, mark => mark.Ms);
        var ends = new[] { TelemetryNames.Marks.Transcript, TelemetryNames.Marks.FirstClause, TelemetryNames.Marks.FirstAudio, TelemetryNames.Marks.Released, TelemetryNames.Marks.Heard };

        Assert.Equal(["ears", "brain", "voice", "wait", "sound"], turn.Segments.Select(part => part.Name));
        Assert.Equal(ends.Select(name => marks[name]), turn.Segments.Select(part => part.End));
        Assert.Equal([0, .. turn.Segments.SkipLast(1).Select(part => part.End)], turn.Segments.Select(part => part.Start));
    }

    [Fact]
    public void Each_mark_is_where_its_span_begins_or_ends()
    {
        var marks = turn.Marks.ToDictionary(mark => mark.Name, mark => turn.Root.Start + (decimal)mark.Ms);

        foreach (var (name, start, end) in turn.Segments)
        {
            var span = Assert.Single(turn.Named(name, "web"));
            Same(turn.Root.Start + (decimal)start, span.Start, $"the beginning of {name}");
            Same(turn.Root.Start + (decimal)end, span.End, $"the end of {name}");
        }

        Same(marks[TelemetryNames.Marks.LastVoiced], turn.Named(TelemetryNames.Spans.EndOfTurn).Single().Start, "end of turn");
        Same(marks[TelemetryNames.Marks.Heard], turn.Named(TelemetryNames.Spans.Play).Single().Start, "play");
        Same(turn.Root.End, turn.Named(TelemetryNames.Spans.Play).Single().End, "the turn's end");
    }

    [Fact]
    public void No_mark_is_set_before_the_stage_that_it_stands_for_has_delivered()
    {
        var marks = turn.Marks.ToDictionary(mark => mark.Name, mark => turn.Root.Start + (decimal)mark.Ms);
        var transcribed = turn.Named(TelemetryNames.Spans.Transcribe).Single(run => run.Tags[TelemetryNames.Tags.Fate] == "used");
        var answered = Chats("llm").Last();
        var spoken = turn.Named(TelemetryNames.Spans.Synthesize).Last(clause => clause.Number(TelemetryNames.Tags.ClauseIndex) == 0);

        NotBefore(transcribed.End, marks[TelemetryNames.Marks.Transcript]);
        NotBefore(marks[TelemetryNames.Marks.Transcript], Chats("web").Last().Start);
        NotBefore(answered.Events.Single(happened => happened.Name == TelemetryNames.Events.FirstToken).At, marks[TelemetryNames.Marks.FirstToken]);
        NotBefore(marks[TelemetryNames.Marks.FirstClause], spoken.Start);
        NotBefore(spoken.Events.Single(happened => happened.Name == TelemetryNames.Events.FirstAudio).At, marks[TelemetryNames.Marks.FirstAudio]);
        NotBefore(turn.Named(TelemetryNames.Spans.EndOfTurn).Single().End, marks[TelemetryNames.Marks.Released]);
    }

    [Fact]
    public async Task The_log_leads_to_the_trace()
    {
        var line = await system.ExportedAsync(telemetry => telemetry.Logs.FirstOrDefault(line => line.TraceId == turn.TraceId && line.Service == "web"), "A line of the log with the trace");

        Assert.Contains(turn.Root.Tags[TelemetryNames.Tags.TurnId], line.Text);
    }

    [Fact]
    public void No_word_that_was_spoken_is_exported()
    {
        // As it was understood, and the answer as it was given; four words in a row are nobody else's.
        const int Row = 4;
        foreach (var said in new[] { turn.Result.Transcript, turn.Result.Answer })
        {
            var words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(words.Length >= Row, $"'{said}' is too short to be looked for");
            foreach (var piece in Enumerable.Range(0, words.Length - Row + 1).Select(at => string.Join(' ', words[at..(at + Row)])))
            {
                Assert.DoesNotContain(system.Telemetry.Everything, exported => exported.Contains(piece, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    private static void Same(decimal expected, decimal actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Close, $"{what} is {actual - expected:+0.###;-0.###} ms from its mark");

    // The marks count from one moment, the spans of other processes are on the clock of the machine, which may be set meanwhile.
    private static void NotBefore(decimal first, decimal then) => Assert.InRange(then, first - Close, decimal.MaxValue);

    private IEnumerable<ExportedSpan> Chats(string service) =>
        turn.Spans.Where(span => span.Service == service && span.Name.StartsWith(TelemetryNames.Spans.Chat + " ", StringComparison.Ordinal));
}
