using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tts.Speech;

/// <summary>The voice and its limits; the section <c>Tts</c> of the configuration.</summary>
public sealed class SpeechOptions
{
    // "Tts": { "VoicePath": "/voices/en_GB-alba-medium.onnx", "SampleRate": 24000, "MaxInputCharacters": 4096 }

    /// <summary>The section's name.</summary>
    public const string Section = "Tts";

    /// <summary>
    /// A Piper voice, absolute or relative to the model folder, with its <c>.onnx.json</c> beside it; null for the one that
    /// <c>Models:Tts</c> or the profile chooses.
    /// </summary>
    public string? VoicePath { get; set; }

    /// <summary>Pronunciations in misaki's JSON form; where two files have a word, the first counts.</summary>
    public string[] LexiconPaths { get; set; } = ["g2p/us_gold.json", "g2p/us_silver.json"];

    /// <summary>The network that pronounces unknown words.</summary>
    public string SpellingPath { get; set; } = "g2p/g2p_en-gru.npz";

    /// <summary>Samples a second of the answers where a request names no other rate. OpenAI's PCM has 24,000.</summary>
    public int SampleRate { get; set; } = 24_000;

    /// <summary>The longest text of one request. OpenAI's limit is 4096.</summary>
    public int MaxInputCharacters { get; set; } = 4096;

    /// <summary>How many requests may be open at once before new ones are turned away.</summary>
    public int MaxRequests { get; set; } = 32;

    /// <summary>Threads for the first clause of an answer, which somebody waits for; 0 takes all processors up to 4.</summary>
    public int FirstClauseThreads { get; set; }

    /// <summary>Where optimised copies of voices are kept, so that they load faster; empty for the user's cache folder, <c>off</c> for none.</summary>
    public string CachePath { get; set; } = "";

    /// <summary>Where the model is asked to run; comes from the top-level setting <c>Accelerator</c>.</summary>
    public Accelerator Accelerator { get; set; }

    /// <summary>The number of threads that <see cref="FirstClauseThreads"/> stands for on this machine.</summary>
    public int EffectiveFirstClauseThreads => FirstClauseThreads > 0 ? FirstClauseThreads : Math.Min(Environment.ProcessorCount, 4);
}
