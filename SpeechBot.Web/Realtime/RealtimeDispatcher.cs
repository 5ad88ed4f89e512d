using System.Text.Json;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Realtime;

/// <summary>A client's event → what the session does.</summary>
internal sealed class RealtimeDispatcher(VoiceSession session)
{
    /// <exception cref="OpenAiException">The event is unknown, or its fields are not what it needs.</exception>
    internal void Dispatch(string? type, ReadOnlySpan<byte> json)
    {
        switch (type)
        {
            case "session.update":
                Update(RealtimeJson.Read<SessionUpdate>(json).Session ?? throw Missing("session"));
                break;
            case "input_audio_buffer.append":
                session.Append(Decode(RealtimeJson.Read<AudioAppend>(json).Audio ?? throw Missing("audio")));
                break;
            case "input_audio_buffer.commit":
                session.Commit();
                break;
            case "input_audio_buffer.clear":
                session.ClearInput();
                break;
            case "response.create":
                session.Answer();
                break;
            case "response.cancel":
                session.Interrupt();
                break;
            case "conversation.item.create":
                Create(RealtimeJson.Read<ItemCreate>(json).Item ?? throw Missing("item"));
                break;
            case "conversation.item.truncate":
                var truncate = RealtimeJson.Read<ItemTruncate>(json);
                session.Truncate(truncate.ItemId ?? throw Missing("item_id"), truncate.AudioEndMs);
                break;
            case "speechbot.playback":
                var report = RealtimeJson.Read<PlaybackReport>(json);
                session.Played(report.ItemId ?? throw Missing("item_id"), report.PlayedMs, report.At, report.Ended);
                break;
            case "speechbot.capture":
                var capture = RealtimeJson.Read<CaptureReport>(json);
                session.Captured(capture.AudioMs, capture.At);
                break;
            case "speechbot.ping":
                session.Outbox.Send(new Pong(RealtimeJson.Read<Ping>(json).ClientTime, session.Clock));
                break;
            default:
                throw new OpenAiException($"There is no event '{type}' here. docs/realtime.md lists those that there are.", param: "type", code: "unknown_event");
        }
    }

    private void Create(ItemDraft item)
    {
        if (item is not { Type: "message", Role: "user" } || item.Content?.Select(part => part.Text).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is not { } text)
        {
            throw new OpenAiException("Only a user's message with input_text can be created here.", param: "item", code: "invalid_item");
        }

        session.Said(text);
    }

    private void Update(SessionPatch patch)
    {
        var settings = session.Settings;
        var output = patch.Audio?.Output;
        foreach (var format in new[] { patch.Audio?.Input?.Format, output?.Format })
        {
            if (format is { Type: not (null or "audio/pcm") } or { Rate: not (null or 24_000) })
            {
                throw new OpenAiException($"The format {format.Type} at {format.Rate} Hz is not taken. Use audio/pcm at 24000 Hz.", param: "session.audio", code: "unsupported_format");
            }
        }

        session.BinaryAudio = patch.Speechbot?.BinaryAudio ?? session.BinaryAudio;
        var detection = patch.Audio?.Input?.TurnDetection ?? patch.TurnDetection;
        _ = session.UpdateAsync(settings with
        {
            SystemPrompt = patch.Instructions ?? settings.SystemPrompt,
            Voice = output?.Voice ?? settings.Voice,
            Speed = output?.Speed ?? settings.Speed,
            TurnMode = detection.ValueKind switch
            {
                JsonValueKind.Undefined => settings.TurnMode,
                JsonValueKind.Null => TurnMode.PushToTalk,
                _ => TurnMode.HandsFree,
            },
            Pipeline = patch.Speechbot?.Pipeline is { } name ? Parse(name) : settings.Pipeline,
            Patience = patch.Speechbot?.Patience ?? settings.Patience,
        });
    }

    private static PipelineMode Parse(string name) => Enum.TryParse<PipelineMode>(name, ignoreCase: true, out var mode) && !char.IsAsciiDigit(name[0])
        ? mode
        : throw new OpenAiException($"There is no pipeline '{name}'. Use sequential, streamed or speculative.", param: "session.speechbot.pipeline", code: "invalid_value");

    private static byte[] Decode(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw new OpenAiException("The audio is not base64. Send PCM16, mono, 24 kHz, as base64 or in a binary frame.", param: "audio", code: "invalid_audio");
        }
    }

    private static OpenAiException Missing(string field) => new($"The event needs the field '{field}'.", param: field, code: "missing_field");
}
