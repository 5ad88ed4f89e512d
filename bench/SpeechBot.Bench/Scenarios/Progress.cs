using System.Globalization;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Talking;

namespace SpeechBot.Bench.Scenarios;

/// <summary>A line for each turn or reading, on the error stream, so that the table alone goes into a file.</summary>
internal static class Progress
{
    public static void Show(Reading reading) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reading.What}: {reading.Value:F1} {reading.Unit}"));

    public static void Show(string pipeline, TurnResult turn)
    {
        var stages = string.Join("  ", turn.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Value:F0}")));
        var early = turn.AnsweredEarly ? string.Create(CultureInfo.InvariantCulture, $"answered early, heard for {turn.SpokeOver ?? 0:F0} ms of what followed") : "";
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pipeline,-12}{turn.Clip,-24}{turn.VoiceToVoice,6:F0} ms  {stages}  others {turn.Others:F0} %  \"{turn.Transcript}\" → \"{turn.Answer}\" {turn.Error ?? early}"));
    }
}
