using SpeechBot.Bench.Talking;

namespace SpeechBot.Bench.Measuring;

/// <summary>One row of the report: turns of one kind.</summary>
public sealed record Measurement(string Scenario, string Pipeline, int Talkers, IReadOnlyList<TurnResult> Turns, double? MaxOthers)
{
    /// <summary>The turns that count: answered, and while other programs were quiet enough.</summary>
    public IReadOnlyList<TurnResult> Kept => [.. Turns.Where(turn => turn.Error is null && !(turn.Others > MaxOthers))];

    public int Failed => Turns.Count(turn => turn.Error is not null);

    /// <summary>Turns that were left out because other programs used the CPU.</summary>
    public int Disturbed => Turns.Count - Kept.Count - Failed;

    public int AnsweredEarly => Turns.Count(turn => turn.AnsweredEarly);

    /// <summary>Mean CPU of others during the turns that count, in percent of one core.</summary>
    public double? Others => Kept.Any(turn => turn.Others is not null) ? Kept.Average(turn => turn.Others) : null;

    public Percentiles? VoiceToVoice => Percentiles.Of(Kept.Select(turn => turn.VoiceToVoice).OfType<double>());

    /// <summary>For how long answers were still to be heard after their speaker had gone on.</summary>
    public Percentiles? SpokeOver => Percentiles.Of(Turns.Select(turn => turn.SpokeOver).OfType<double>());

    /// <summary>The longest silences in the middle of answers.</summary>
    public Percentiles? Gaps => Percentiles.Of(Kept.Select(turn => turn.Gap).OfType<double>());

    /// <summary>The spread of each part, in the order in which the parts follow each other.</summary>
    public IReadOnlyDictionary<string, Percentiles> Stages => Kept.SelectMany(turn => turn.Stages)
        .GroupBy(stage => stage.Key, stage => stage.Value)
        .ToDictionary(stage => stage.Key, stage => Percentiles.Of(stage)!);
}
