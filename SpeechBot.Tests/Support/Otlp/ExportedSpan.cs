using System.Globalization;
using Google.Protobuf;
using SpeechBot.Tests.Support.Otlp.Wire;

namespace SpeechBot.Tests.Support.Otlp;

/// <summary>A span as a service exported it. Times are milliseconds of the Unix epoch, to the nanosecond's fraction that fits.</summary>
public sealed record ExportedSpan(string Service, string TraceId, string SpanId, string? ParentId, string Name, decimal Start, decimal End, bool Failed)
{
    private const decimal Nanoseconds = 1_000_000;

    /// <summary>Attributes, their values as text.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Events, in order.</summary>
    public required IReadOnlyList<(string Name, decimal At)> Events { get; init; }

    /// <summary>An attribute as a number.</summary>
    public decimal Number(string tag) => decimal.Parse(Tags[tag], NumberStyles.Float, CultureInfo.InvariantCulture);

    internal static ExportedSpan Of(string service, SpanMessage span) => new(
        service, Hex(span.TraceId), Hex(span.SpanId), span.ParentSpanId.IsEmpty ? null : Hex(span.ParentSpanId),
        span.Name, span.StartNanoseconds / Nanoseconds, span.EndNanoseconds / Nanoseconds, span.Status?.Code == 2)
    {
        Tags = TagsOf(span.Attributes),
        Events = [.. span.Events.Select(happened => (happened.Name, happened.Nanoseconds / Nanoseconds))],
    };

    internal static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    internal static Dictionary<string, string> TagsOf(IEnumerable<PairMessage> pairs) =>
        pairs.GroupBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => TextOf(pair.Last().Value));

    private static string TextOf(ValueMessage value) => value.ValueCase switch
    {
        ValueMessage.ValueOneofCase.Text => value.Text,
        ValueMessage.ValueOneofCase.Truth => value.Truth ? "true" : "false",
        ValueMessage.ValueOneofCase.Whole => value.Whole.ToString(CultureInfo.InvariantCulture),
        ValueMessage.ValueOneofCase.Real => value.Real.ToString("R", CultureInfo.InvariantCulture),
        ValueMessage.ValueOneofCase.List => string.Join(',', value.List.Values.Select(TextOf)),
        _ => "",
    };
}
