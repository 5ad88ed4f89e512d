namespace SpeechBot.Stt.Hearing;

/// <summary>How live speech is heard; the section <c>Stt:Hearing</c> of the configuration.</summary>
public sealed class HearingOptions
{
    // "Stt": { "Hearing": { "PatienceSeconds": 2, "MaxSessions": 4 } }

    /// <summary>The section's name.</summary>
    public const string Section = "Stt:Hearing";

    /// <summary>The network that tells voice from silence (Silero VAD), absolute or relative to the model folder.</summary>
    public string VoicePath { get; set; } = "vad/silero_vad_v6.onnx";

    /// <summary>The network that tells whether a speaker has finished (smart-turn), absolute or relative to the model folder.</summary>
    public string TurnPath { get; set; } = "turn/smart-turn-v3.2-cpu.onnx";

    /// <summary>From this probability on a window is voice.</summary>
    public float VoiceThreshold { get; set; } = 0.5f;

    /// <summary>From this probability on a speaker has finished.</summary>
    public float FinishedThreshold { get; set; } = 0.5f;

    /// <summary>Silence after which it is asked for the first time whether the speaker has finished, once the transcript is there.</summary>
    public double AskSeconds { get; set; } = 0.12;

    /// <summary>Silence between two such questions.</summary>
    public double AskAgainSeconds { get; set; } = 0.1;

    /// <summary>
    /// The most silence that is judged, and the last that is: with this much the network tells finished from unfinished best; from half a
    /// second on it begins to take any for finished (docs/ears.md). Where the transcript comes later, it is asked once, about this much.
    /// </summary>
    public double AskUntilSeconds { get; set; } = 0.36;

    /// <summary>The least silence before a finished turn is answered.</summary>
    public double ConfirmSeconds { get; set; } = 0.2;

    /// <summary>The silence after which a turn is over even though it sounds unfinished.</summary>
    public double PatienceSeconds { get; set; } = 1.5;

    /// <summary>The longest utterance in seconds; it is ended there.</summary>
    public double MaxUtteranceSeconds { get; set; } = 300;

    /// <summary>How many may be listened to at once.</summary>
    public int MaxSessions { get; set; } = 16;

    /// <summary>A session that sends nothing for so many seconds is closed.</summary>
    public double IdleSeconds { get; set; } = 600;
}
