using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tts.Speech;

/// <summary>What a Piper voice's <c>.onnx.json</c> says, as far as it is needed to speak.</summary>
internal sealed record PiperVoiceFile
{
    private const string EspeakPhonemes = "espeak";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString };

    public AudioPart? Audio { get; init; }

    public InferencePart Inference { get; init; } = new();

    public EspeakPart? Espeak { get; init; }

    public LanguagePart? Language { get; init; }

    public string PhonemeType { get; init; } = EspeakPhonemes;

    public Dictionary<string, long[]> PhonemeIdMap { get; init; } = [];

    public int NumSpeakers { get; init; } = 1;

    public Dictionary<string, int> SpeakerIdMap { get; init; } = [];

    /// <summary>Language and region, such as <c>en-US</c>.</summary>
    public string LanguageTag => (Language?.Code ?? Espeak?.Voice ?? "en").Replace('_', '-');

    /// <summary>Reads and checks the settings of a voice.</summary>
    /// <exception cref="ModelLoadException">They are missing or damaged, or ask for phonemes that we do not make.</exception>
    public static PiperVoiceFile Read(string voicePath)
    {
        var path = voicePath + ".json";
        if (!File.Exists(path))
        {
            throw new ModelLoadException($"The voice '{voicePath}' has no settings: '{path}' does not exist. Put the .onnx.json that belongs to the voice beside it.", path);
        }

        PiperVoiceFile? file;
        try
        {
            file = JsonSerializer.Deserialize<PiperVoiceFile>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException exception)
        {
            throw new ModelLoadException($"'{path}' is not the JSON of a Piper voice ({exception.Message}). Fetch it again.", path, exception);
        }

        if (file?.Audio is not { SampleRate: > 0 } || file.PhonemeIdMap.Count == 0)
        {
            throw new ModelLoadException($"'{path}' has no audio.sample_rate or no phoneme_id_map, so it is not a Piper voice's. Set Tts:VoicePath to a Piper voice.", path);
        }

        if (file.PhonemeType != EspeakPhonemes)
        {
            throw new ModelLoadException($"The voice '{voicePath}' wants phonemes of type '{file.PhonemeType}'; only '{EspeakPhonemes}' can be made here. Set Tts:VoicePath to a voice of that type.", path);
        }

        return file.LanguageTag.StartsWith("en", StringComparison.OrdinalIgnoreCase)
            ? file
            : throw new ModelLoadException($"The voice '{voicePath}' speaks '{file.LanguageTag}'; pronunciations are known for English only. Set Tts:VoicePath to an English voice (en-US or en-GB).", path);
    }

    /// <summary>
    /// The ids that the network takes: start, then each symbol followed by padding, then end. Symbols that the voice does not have are left out.
    /// </summary>
    public long[] Ids(string phonemes)
    {
        var pad = PhonemeIdMap.GetValueOrDefault("_", [0]);
        List<long> ids = [.. PhonemeIdMap.GetValueOrDefault("^", []), .. pad];
        foreach (var rune in phonemes.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (PhonemeIdMap.TryGetValue(rune.ToString(), out var symbol))
            {
                ids.AddRange(symbol);
                ids.AddRange(pad);
            }
        }

        ids.AddRange(PhonemeIdMap.GetValueOrDefault("$", []));
        return [.. ids];
    }

    /// <summary>One voice, or one for each speaker.</summary>
    public IReadOnlyList<VoiceDescription> Describe(string voicePath)
    {
        var id = Path.GetFileNameWithoutExtension(voicePath);
        var card = VoiceCard.Read(voicePath);
        var voice = new VoiceDescription(id, card.Name ?? id, LanguageTag, Audio!.SampleRate) { Gender = card.Gender, Licence = card.Licence, Origin = card.Origin };
        if (NumSpeakers < 2)
        {
            return [voice];
        }

        var names = SpeakerIdMap.ToDictionary(speaker => speaker.Value, speaker => speaker.Key);
        return [.. Enumerable.Range(0, NumSpeakers).Select(number => names.GetValueOrDefault(number, number.ToString(CultureInfo.InvariantCulture)) is var name
            ? voice with { Id = $"{id}:{name}", Name = $"{voice.Name} {name}", Gender = null, Speaker = number } : voice)];
    }

    internal sealed record AudioPart(int SampleRate);

    internal sealed record EspeakPart(string? Voice);

    internal sealed record LanguagePart(string? Code);

    internal sealed record InferencePart(float NoiseScale = 0.667f, float LengthScale = 1, float NoiseW = 0.8f);
}
