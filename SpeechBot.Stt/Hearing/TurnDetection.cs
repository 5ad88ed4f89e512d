namespace SpeechBot.Stt.Hearing;

/// <summary>Who decides that a turn is over.</summary>
public enum TurnMode
{
    /// <summary>The client, by <c>input_audio_buffer.commit</c>; <c>turn_detection: null</c>.</summary>
    Manual,

    /// <summary>A fixed length of silence; <c>server_vad</c>.</summary>
    Silence,

    /// <summary>The melody of the voice, and patience where it sounds unfinished; <c>semantic_vad</c>.</summary>
    Semantic,
}

/// <summary>When a turn is over, as a session has it set.</summary>
/// <param name="Mode">Who decides.</param>
/// <param name="VoiceThreshold">From this probability on a window is voice.</param>
/// <param name="Silence">In <see cref="TurnMode.Silence"/>: the silence that ends a turn.</param>
/// <param name="Patience">In <see cref="TurnMode.Semantic"/>: the silence that ends a turn which sounds unfinished.</param>
/// <param name="PrefixPadding">
/// How much sound before the first voiced window belongs to an utterance: its first consonant is often too soft to count. A fifth of a
/// second is heard better than a tenth or a third.
/// </param>
public sealed record TurnDetection(TurnMode Mode, float VoiceThreshold, TimeSpan Silence, TimeSpan Patience, TimeSpan PrefixPadding)
{
    /// <summary>What a session starts with.</summary>
    public static TurnDetection Default(HearingOptions options) => new(
        TurnMode.Semantic, options.VoiceThreshold, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(options.PatienceSeconds), TimeSpan.FromSeconds(0.2));
}
