using System.Text.Json;

namespace SpeechBot.Bench.Realtime;

/// <summary>Something that came over the realtime WebSocket.</summary>
/// <param name="Timestamp">When its last byte arrived, as <see cref="TimeProvider.GetTimestamp"/> counts.</param>
public abstract record RealtimeMessage(long Timestamp);

/// <summary>A JSON event; docs/realtime.md lists them.</summary>
public sealed record RealtimeEvent(long Timestamp, string Type, JsonElement Json) : RealtimeMessage(Timestamp)
{
    /// <summary>A text at a path of properties, such as <c>response</c>, <c>status</c>; empty where there is none.</summary>
    public string Text(params ReadOnlySpan<string> path)
    {
        var at = Json;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return "";
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString()! : "";
    }
}

/// <summary>A piece of an answer's sound.</summary>
/// <param name="Item">The item's number, as <c>response.output_item.added</c> gave it.</param>
/// <param name="Position">Where its first sample lies in the item's audio, in samples.</param>
/// <param name="Samples">24 kHz, from -1 to 1.</param>
public sealed record RealtimeAudio(long Timestamp, uint Item, uint Position, float[] Samples) : RealtimeMessage(Timestamp);
