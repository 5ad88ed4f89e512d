using SpeechBot.Bench.Talking;
using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Scenarios;

/// <summary>The questions that are asked; what is spoken in them stands in SpeechBot.Tests/Audio/README.md.</summary>
public static class Clips
{
    /// <summary>Five questions of about three seconds.</summary>
    public static readonly IReadOnlyList<string> Short = ["capital-of-france.wav", "spider-legs.wav", "sky-blue.wav", "short-joke.wav", "plants-food.wav"];

    /// <summary>The speaker pauses, and sounds as if more might come.</summary>
    public const string Hesitant = "two-questions.wav";

    /// <summary>The same speaker, cut off in mid-sentence.</summary>
    public const string Unfinished = "unfinished.wav";

    /// <summary>A second of silence after a full sentence, and then the speaker goes on.</summary>
    public const string GoesOn = "jfk.wav";

    /// <summary>Somebody who stops in mid-sentence, thinks for 1.2 s, and goes on where they were.</summary>
    public static AudioClip Thinking()
    {
        var (begun, whole) = (Read(Unfinished), Read(Hesitant));
        var from = (int)(VoicedPart.End(begun).TotalSeconds * begun.SampleRate);
        return new([.. begun.Samples[..from], .. new float[(int)(1.2 * begun.SampleRate)], .. whole.Samples[from..]], begun.SampleRate);
    }

    public static AudioClip Read(string name) => WavReader.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Audio", name)));
}
