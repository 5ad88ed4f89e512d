using SpeechBot.Tests.Support.Otlp.Wire;

namespace SpeechBot.Tests.Support.Otlp;

/// <summary>What a service told about one of its instruments.</summary>
/// <param name="Service">Who.</param>
/// <param name="Name">The instrument.</param>
/// <param name="Unit">In what.</param>
/// <param name="Description">Of what.</param>
/// <param name="Bounds">The bounds of a histogram's buckets; empty for others.</param>
/// <param name="Buckets">How many measurements lie in each.</param>
/// <param name="Traces">The traces that its exemplars lead to.</param>
public sealed record ExportedMetric(
    string Service, string Name, string Unit, string Description, IReadOnlyList<double> Bounds, IReadOnlyList<ulong> Buckets, IReadOnlyList<string> Traces)
{
    internal static ExportedMetric Of(string service, MetricMessage metric)
    {
        var points = metric.Histogram?.Points ?? [];
        return new ExportedMetric(
            service, metric.Name, metric.Unit, metric.Description,
            [.. points.SelectMany(point => point.Bounds).Distinct()],
            [.. points.SelectMany(point => point.Buckets)],
            [.. points.SelectMany(point => point.Exemplars).Select(exemplar => ExportedSpan.Hex(exemplar.TraceId))]);
    }
}
