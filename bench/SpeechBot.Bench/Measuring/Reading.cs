namespace SpeechBot.Bench.Measuring;

/// <summary>A single figure that is no latency.</summary>
/// <param name="What">What was read.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Parts">The same of each service.</param>
public sealed record Reading(string What, double Value, string Unit, IReadOnlyDictionary<string, double> Parts);
