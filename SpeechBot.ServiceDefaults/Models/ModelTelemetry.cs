using System.Diagnostics.Metrics;
using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>What a loaded model costs in memory.</summary>
public sealed class ModelTelemetry
{
    /// <summary>Measures from now on; <paramref name="readiness"/> tells the model's name once it is loaded.</summary>
    public ModelTelemetry(IMeterFactory meters, ModelReadiness readiness) =>
        meters.Create(TelemetryNames.SourcePrefix + "Model").CreateObservableGauge(
            TelemetryNames.Instruments.ModelMemory,
            () => new Measurement<long>(Environment.WorkingSet, new KeyValuePair<string, object?>(TelemetryNames.Tags.Model, readiness.Model ?? "")),
            "By",
            "Resident memory of the process that holds the model");
}
