using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Realtime;

/// <summary>The settings of a session in OpenAI's shape, as <c>session.created</c> and <c>session.updated</c> tell them.</summary>
public sealed record SessionView(string Id, string Instructions, AudioView Audio, ExtensionView Speechbot, string Type = "realtime", string Object = "realtime.session")
{
    internal static SessionView Of(VoiceSession session, bool binaryAudio)
    {
        var settings = session.Settings;
        var detection = settings.TurnMode == TurnMode.HandsFree ? new TurnDetectionView() : null;
        return new SessionView(
            session.Id,
            settings.SystemPrompt,
            new AudioView(new InputView(new FormatView(), detection), new OutputView(new FormatView(), settings.Voice, settings.Speed)),
            new ExtensionView(settings.Pipeline.ToString().ToLowerInvariant(), settings.Patience, binaryAudio, session.Conversation.Id));
    }
}

#pragma warning disable CS1591 // The fields are explained once, in docs/realtime.md.

public sealed record AudioView(InputView Input, OutputView Output);

public sealed record InputView(FormatView Format, TurnDetectionView? TurnDetection);

public sealed record OutputView(FormatView Format, string? Voice, double Speed);

public sealed record FormatView(string Type = "audio/pcm", int Rate = 24_000);

public sealed record TurnDetectionView(string Type = "semantic_vad", bool CreateResponse = true, bool InterruptResponse = true);

public sealed record ExtensionView(string Pipeline, double Patience, bool BinaryAudio, string Conversation);
