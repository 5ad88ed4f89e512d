namespace SpeechBot.Tts.Speech;

/// <summary>How one clause is to be spoken.</summary>
/// <param name="Voice">Whose voice; one of the engine's.</param>
/// <param name="Speed">1 is the voice's own rate, 2 twice as fast.</param>
/// <param name="IsUrgent">Somebody waits in silence for it: its beginning comes first.</param>
/// <param name="UseAllCores">Its beginning need not share the cores.</param>
public readonly record struct SpeechStyle(VoiceDescription Voice, double Speed, bool IsUrgent, bool UseAllCores);
