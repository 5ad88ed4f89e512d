using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Web.Conversations;

/// <summary>
/// The seven marks of a turn, in milliseconds from the last voiced sample of the person; null while not reached. They rise in
/// the order of the properties, so the segments between them add up to <see cref="VoiceToVoice"/> exactly.
/// </summary>
public sealed record TurnTimings
{
    /// <summary>How long the person spoke, up to the last voiced sample; null for a typed turn.</summary>
    public double? Spoken { get; init; }

    /// <summary>The last voiced sample: 0 as soon as it is known.</summary>
    public double? LastVoiced { get; init; }

    /// <summary>The whole transcript was there.</summary>
    public double? Transcript { get; init; }

    /// <summary>The brain's first token arrived.</summary>
    public double? FirstToken { get; init; }

    /// <summary>The first clause was complete and went to the voice.</summary>
    public double? FirstClause { get; init; }

    /// <summary>The first samples of the answer arrived from the voice.</summary>
    public double? FirstAudio { get; init; }

    /// <summary>The turn was known to be over, and the audio went out.</summary>
    public double? Released { get; init; }

    /// <summary>The first sample came out of the person's loudspeaker, as the page reports it.</summary>
    public double? Heard { get; init; }

    /// <summary>How long the answer was played; null until it ended.</summary>
    public double? Played { get; init; }

    /// <summary>What the person waited for: the last mark that was reached of <see cref="Heard"/> and <see cref="Released"/>.</summary>
    public double? VoiceToVoice => Heard ?? Released;

    /// <summary>The parts of the waterfall that are known so far, in order and without gaps.</summary>
    public IReadOnlyList<TimingSegment> Segments
    {
        get
        {
            List<TimingSegment> segments = [];
            double from = 0;
            foreach (var (name, mark) in SegmentEnds())
            {
                if (mark is { } to)
                {
                    segments.Add(new TimingSegment(name, from, to));
                    from = to;
                }
            }

            return segments;
        }
    }

    private (string Name, double? Mark)[] SegmentEnds() =>
    [
        (TelemetryNames.Segments.Ears, Transcript),
        (TelemetryNames.Segments.Brain, FirstClause),
        (TelemetryNames.Segments.Voice, FirstAudio),
        (TelemetryNames.Segments.Wait, Released),
        (TelemetryNames.Segments.Sound, Heard),
    ];

    /// <summary>These timings with one more mark. Clocks of two machines are never quite the same, so a mark is kept from lying before the last one.</summary>
    internal TurnTimings With(TurnMark mark, double ms)
    {
        var at = Math.Max(ms, Segments is [.., { EndMs: var last }] ? last : 0);
        return mark switch
        {
            TurnMark.Transcript => this with { Transcript = at },
            TurnMark.FirstToken => this with { FirstToken = at },
            TurnMark.FirstClause => this with { FirstClause = Math.Max(at, FirstToken ?? 0) },
            TurnMark.FirstAudio => this with { FirstAudio = at },
            TurnMark.Released => this with { Released = at },
            _ => this with { Heard = at },
        };
    }

    /// <summary>The steps as a person sees them, for a turn in <paramref name="state"/>.</summary>
    public IReadOnlyList<TurnStep> Steps(TurnState state)
    {
        var failed = state == TurnState.Failed;
        return
        [
            Step("listening", started: true, LastVoiced is not null, Spoken),
            Step("transcribing", LastVoiced is not null, Transcript is not null, Transcript),
            Step("thinking", Transcript is not null, FirstClause is not null, FirstClause - Transcript),
            Step("speaking", FirstClause is not null, state is TurnState.Done or TurnState.Interrupted, Played),
        ];

        TurnStep Step(string name, bool started, bool done, double? ms) => (started, done) switch
        {
            (_, true) => new TurnStep(name, StepState.Done, ms),
            (true, false) => new TurnStep(name, failed ? StepState.Failed : StepState.Running, null),
            _ => new TurnStep(name, StepState.Waiting, null),
        };
    }
}
