using System.Text.Json;

namespace SpeechBot.Web.Realtime;

#pragma warning disable CS1591 // The fields are explained once, in docs/realtime.md.

/// <summary>The head of every event of a realtime client.</summary>
internal sealed record ClientEvent(string? Type, string? EventId);

internal sealed record SessionUpdate(SessionPatch? Session);

/// <summary>What a client may change of its session. <see cref="JsonElement"/> tells "not named" from "named as null".</summary>
internal sealed record SessionPatch(string? Instructions, AudioPatch? Audio, ExtensionPatch? Speechbot, JsonElement TurnDetection);

internal sealed record AudioPatch(InputPatch? Input, OutputPatch? Output);

internal sealed record InputPatch(JsonElement TurnDetection, FormatPatch? Format);

internal sealed record OutputPatch(string? Voice, double? Speed, FormatPatch? Format);

internal sealed record FormatPatch(string? Type, int? Rate);

internal sealed record ExtensionPatch(string? Pipeline, double? Patience, bool? BinaryAudio);

internal sealed record AudioAppend(string? Audio);

internal sealed record ItemCreate(ItemDraft? Item);

internal sealed record ItemDraft(string? Type, string? Role, IReadOnlyList<ContentDraft>? Content);

internal sealed record ContentDraft(string? Type, string? Text);

internal sealed record ItemTruncate(string? ItemId, double AudioEndMs);

internal sealed record PlaybackReport(string? ItemId, double PlayedMs, double At, bool Ended);

internal sealed record Ping(double ClientTime);

internal sealed record CaptureReport(double AudioMs, double At);
