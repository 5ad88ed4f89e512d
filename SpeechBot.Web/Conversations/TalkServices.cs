using SpeechBot.Web.Clients;

namespace SpeechBot.Web.Conversations;

/// <summary>What every session works with.</summary>
internal sealed record TalkServices(
    TurnPipeline Pipeline, Brain Brain, TranscriptionClient Ears, EarsClient Listener, IConversationStore History, TurnQueue Queue, TimeProvider Time, ILogger<VoiceSession> Log);
