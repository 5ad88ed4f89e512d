using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tts.Phonemes;
using SpeechBot.Tts.Text;

namespace SpeechBot.Tts.Speech;

/// <summary>A clause of text → its sound: said in words, pronounced, spoken, trimmed, levelled and resampled. Thread-safe.</summary>
public sealed class Synthesizer(ISpeechEngine engine, Phonemizer phonemizer) : IDisposable
{
    // Long enough that its level is the voice's; spoken once at the start, when the first runs are slow anyway.
    private const string WarmUpText = "Hello! This is the voice that you are going to hear, and these are the words that warm it up.";

    // The first number took a sixth of a second: the words for it come from a library that sets itself up then.
    private const string WarmUpFigures = "On 1/5/2026 at 9:30, Dr. Smith paid $29.95 for 8 of 21, the 3rd time.";

    private readonly Dictionary<string, float> _gains = new(StringComparer.Ordinal);

    /// <summary>The voices; the first is the default.</summary>
    public IReadOnlyList<VoiceDescription> Voices => engine.Voices;

    /// <summary>Where the voice runs.</summary>
    public string Accelerator => engine.Accelerator;

    /// <summary>Speaks a few words both ways, so that the first answer is as quick as the others, and measures the voice's level.</summary>
    public void WarmUp(CancellationToken cancellationToken)
    {
        var voice = engine.Voices[0];
        float[] samples = [.. engine.Speak(Pronounce(WarmUpText, isCut: false).Phonemes, new SpeechStyle(voice, 1, IsUrgent: false, UseAllCores: false), cancellationToken).SelectMany(piece => piece)];
        _gains[voice.Id] = SpeechSound.Gain(samples, voice.SampleRate);
        _ = Pronounce(WarmUpFigures, isCut: false);
        foreach (var urgent in (bool[])[true, false, true])
        {
            var clause = new SpeechClause("Sure, here it is, and a little more", 0, IsCut: true, PauseAfter: false);
            _ = Say(clause, new SpeechStyle(voice, 1, urgent, urgent), 24_000, cancellationToken).Count();
        }
    }

    /// <summary>Speaks one clause.</summary>
    /// <param name="clause">What to say.</param>
    /// <param name="style">How to say it.</param>
    /// <param name="sampleRate">Samples a second of the result.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The sound without silence in front, each piece as soon as it is made; none where there is nothing to say, as in a clause of emoji.</returns>
    /// <exception cref="SpeechException">The voice failed.</exception>
    public IEnumerable<AudioClip> Say(SpeechClause clause, SpeechStyle style, int sampleRate, CancellationToken cancellationToken)
    {
        var (spoken, phonemes) = Pronounce(clause.Text, clause.IsCut);
        if (phonemes.Length == 0)
        {
            yield break;
        }

        var pieces = engine.Speak(phonemes, style, cancellationToken);
        if (Gain(style.Voice) is not { } gain)
        {
            // The level of a voice is that of a whole clause.
            float[] whole = [.. pieces.SelectMany(piece => piece)];
            (pieces, gain) = ([whole], Measure(style.Voice, whole));
        }

        var sound = new ClauseSound(style.Voice.SampleRate, sampleRate, gain);
        foreach (var piece in pieces)
        {
            if (sound.Add(piece) is { Length: > 0 } certain)
            {
                yield return new AudioClip(certain, sampleRate);
            }
        }

        if (sound.Complete(clause.PauseAfter ? Pauses.After(spoken, style.Speed) : TimeSpan.Zero) is { Length: > 0 } rest)
        {
            yield return new AudioClip(rest, sampleRate);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();

    private (string Spoken, string Phonemes) Pronounce(string text, bool isCut)
    {
        var spoken = SpokenText.From(text);
        if (spoken.Length > 0 && !isCut && spoken[^1] is not ('.' or '!' or '?'))
        {
            // Without a mark the voice stays up in the air, as if it had more to say.
            spoken = spoken.TrimEnd(',', ';', ':', ' ') + ".";
        }
        else if (isCut)
        {
            spoken = spoken.TrimEnd('.', ' ');
        }

        return (spoken, phonemizer.Phonemes(spoken) is var phonemes && phonemes.Any(char.IsLetter) ? phonemes : "");
    }

    private float? Gain(VoiceDescription voice)
    {
        lock (_gains)
        {
            return _gains.TryGetValue(voice.Id, out var gain) ? gain : null;
        }
    }

    private float Measure(VoiceDescription voice, float[] samples)
    {
        lock (_gains)
        {
            return _gains.TryGetValue(voice.Id, out var gain) ? gain : _gains[voice.Id] = SpeechSound.Gain(samples, voice.SampleRate);
        }
    }
}
