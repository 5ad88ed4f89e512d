using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechBot.Tts.Speech;

/// <summary>What lies beside a voice for people to read: its <c>MODEL_CARD</c>, with licence and origin.</summary>
internal sealed partial record VoiceCard(string? Name, string? Gender, string? Licence, string? Origin)
{
    // The cards do not say it; these are the speakers that Piper's English voices are named after.
    private static readonly Dictionary<string, string> Genders = Text.WordTable.Parse(
        """
        joe = male; ryan = male; john = male; norman = male; bryce = male; danny = male; sam = male; alan = male; northern_english_male = male
        amy = female; lessac = female; kathleen = female; kristin = female; ljspeech = female; hfc_female = female; alba = female; jenny_dioco = female
        cori = female; southern_english_female = female; hfc_male = male
        """);

    /// <summary>Reads <c>name.MODEL_CARD</c> or <c>MODEL_CARD</c> beside the voice; without either everything is unknown.</summary>
    public static VoiceCard Read(string voicePath)
    {
        var speaker = Path.GetFileNameWithoutExtension(voicePath).Split('-') is [_, var middle, ..] ? middle : null;
        var name = speaker is null ? null : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(speaker.Replace('_', ' '));
        var gender = speaker is null ? null : Genders.GetValueOrDefault(speaker);
        string[] candidates = [Path.ChangeExtension(voicePath, "MODEL_CARD"), Path.Combine(Path.GetDirectoryName(voicePath) ?? "", "MODEL_CARD")];
        if (candidates.FirstOrDefault(File.Exists) is not { } path)
        {
            return new VoiceCard(name, gender, null, null);
        }

        var card = File.ReadAllText(path);
        var (licence, origin) = (LicenceLine.Match(card), TrainingPart.Match(card));
        return new VoiceCard(name, gender, licence.Success ? licence.Groups[1].Value.Trim() : null, origin.Success ? origin.Groups[1].Value.Trim() : null);
    }

    [GeneratedRegex(@"^\W*Licen[cs]e:[ \t]*(.+)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex LicenceLine { get; }

    [GeneratedRegex(@"^#+\s*Training\s+(.+)", RegexOptions.Multiline)]
    private static partial Regex TrainingPart { get; }
}
