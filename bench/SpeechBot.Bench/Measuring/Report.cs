using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SpeechBot.Bench.Measuring;

/// <summary>Everything that was measured, as a table for people and as JSON for programs.</summary>
public sealed record Report(Machine Machine, string Command, IReadOnlyList<Measurement> Measurements, IReadOnlyList<Reading> Readings)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>A Markdown table: a row for voice to voice of each measurement, and one for each of its parts.</summary>
    public string ToTable()
    {
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"Machine: {Machine}")
            .AppendLine(CultureInfo.InvariantCulture, $"Command: {Command}")
            .AppendLine()
            .AppendLine("| scenario | pipeline | talkers | measure | N | P50 ms | P90 | P95 | max | notes |")
            .AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var measurement in Measurements)
        {
            var head = $"| {measurement.Scenario} | {measurement.Pipeline} | {measurement.Talkers}";
            if (measurement.VoiceToVoice is not null || measurement.Stages.Count == 0)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"{head} | **voice to voice** | {Row(measurement.VoiceToVoice)} | {Notes(measurement)} |");
            }

            if (measurement.SpokeOver is { } over)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"{head} | an early answer, after the voice went on | {Row(over)} | |");
            }

            foreach (var (name, spread) in measurement.Stages)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"{head} | {name} | {Row(spread)} | |");
            }

            if (measurement.Gaps is { } gaps)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"{head} | longest gap in the answer | {Row(gaps)} | |");
            }
        }

        if (Readings.Count > 0)
        {
            table.AppendLine().AppendLine("| measure | all | stt | llm | tts | web |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        }

        foreach (var reading in Readings)
        {
            var parts = string.Join(" | ", new[] { "Stt", "Llm", "Tts", "Web" }.Select(name => Number(reading.Parts.GetValueOrDefault($"SpeechBot.{name}"))));
            table.AppendLine(CultureInfo.InvariantCulture, $"| {reading.What}, {reading.Unit} | {Number(reading.Value)} | {parts} |");
        }

        return table.ToString();
    }

    private static string Number(double value) => value.ToString(value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    private static string Row(Percentiles? spread) => spread is null
        ? "0 | – | – | – | –"
        : string.Create(CultureInfo.InvariantCulture, $"{spread.N} | {spread.P50:F0} | {spread.P90:F0} | {spread.P95:F0} | {spread.Max:F0}");

    private static string Notes(Measurement measurement)
    {
        List<string> notes = [];
        if (measurement.Others is { } others)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"others {others:F0} % of a core"));
        }

        if (measurement.Disturbed > 0)
        {
            notes.Add($"{measurement.Disturbed} disturbed, left out");
        }

        if (measurement.AnsweredEarly > 0)
        {
            notes.Add($"{measurement.AnsweredEarly} answered early");
        }

        if (measurement.Failed > 0)
        {
            notes.Add($"{measurement.Failed} failed: {measurement.Turns.First(turn => turn.Error is not null).Error}");
        }

        return string.Join(", ", notes);
    }
}
