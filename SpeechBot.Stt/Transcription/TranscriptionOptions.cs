using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Stt.Transcription;

/// <summary>The model that hears and its limits; the section <c>Stt</c> of the configuration.</summary>
public sealed class TranscriptionOptions
{
    // "Stt": { "ModelPath": "stt/ggml-small-q8_0.bin", "Language": "de", "Threads": 4 }

    /// <summary>The section's name.</summary>
    public const string Section = "Stt";

    /// <summary>A ggml Whisper model, absolute or relative to the model folder; null for the one that <c>Models:Stt</c> or the profile chooses.</summary>
    public string? ModelPath { get; set; }

    /// <summary>The spoken language where a request names none: two letters, or <c>auto</c> to find out (multilingual models only).</summary>
    public string Language { get; set; } = "auto";

    /// <summary>Threads of one transcription; 0 takes all processors up to 4, beyond which small models gain nothing.</summary>
    public int Threads { get; set; }

    /// <summary>
    /// Whether short audio is computed by ONNX Runtime, which takes less than half the time: English-only models in the format Q8_0 of up to
    /// 128 MiB, on a CPU. Everything else is computed by Whisper.net.
    /// </summary>
    public bool UseOnnx { get; set; } = true;

    /// <summary>How many requests may wait for the model before new ones are turned away.</summary>
    public int QueueLimit { get; set; } = 16;

    /// <summary>How long the model may work on one window of at most 28 s of audio, in seconds, before it is stopped.</summary>
    public double DeadlineSeconds { get; set; } = 60;

    /// <summary>The largest upload in bytes. OpenAI's limit is 25 MB.</summary>
    public int MaxFileBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>The longest upload in seconds of audio.</summary>
    public double MaxAudioSeconds { get; set; } = 900;

    /// <summary>Where the model is asked to run; comes from the top-level setting <c>Accelerator</c>.</summary>
    public Accelerator Accelerator { get; set; }

    /// <summary>The number of threads that <see cref="Threads"/> stands for on this machine.</summary>
    public int EffectiveThreads => Threads > 0 ? Threads : Math.Min(Environment.ProcessorCount, 4);
}
