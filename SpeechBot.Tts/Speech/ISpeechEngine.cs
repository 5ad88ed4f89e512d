namespace SpeechBot.Tts.Speech;

/// <summary>
/// Phonemes in, samples out: all that differs between kinds of voices (Piper, Kokoro, Kitten). Text, pauses, level and rate are the
/// same for all and lie around it.
/// </summary>
public interface ISpeechEngine : IDisposable
{
    /// <summary>The voices of the loaded model; the first is the default. Never empty.</summary>
    IReadOnlyList<VoiceDescription> Voices { get; }

    /// <summary>Where it runs: cpu or cuda, with the reason in brackets where that is not what was asked for.</summary>
    string Accelerator { get; }

    /// <summary>Speaks one clause, and gives each piece as soon as it is made. May be called from several threads.</summary>
    /// <param name="phonemes">espeak's IPA for American English, words parted by spaces.</param>
    /// <param name="style">How to say it.</param>
    /// <param name="cancellationToken">Stops the network between two of its layers.</param>
    /// <returns>One channel at the voice's rate, about -1 to 1, with whatever silence the voice puts around the clause. The pieces follow each other without a seam.</returns>
    /// <exception cref="SpeechException">The network failed.</exception>
    IEnumerable<float[]> Speak(string phonemes, SpeechStyle style, CancellationToken cancellationToken);
}
