using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Stt.Transcription;

/// <summary>The file of an upload → samples for the model.</summary>
internal static class UploadedAudio
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.1);

    public static float[] Read(IFormCollection form, TranscriptionOptions options)
    {
        var file = form.Files.GetFile("file")
            ?? throw new OpenAiException("The form has no field 'file' with a recording in it. Send one: curl -F file=@speech.wav …", param: "file", code: "missing_required_parameter");
        if (file.Length == 0)
        {
            throw Refuse("The file is empty. Send a WAV file with speech in it.", "empty_file");
        }

        if (file.Length > options.MaxFileBytes)
        {
            throw TranscriptionForm.TooLarge(file.Length, options);
        }

        var bytes = new byte[file.Length];
        using (var stream = file.OpenReadStream())
        {
            stream.ReadExactly(bytes);
        }

        return Decode(bytes, options).To(TranscriptionRequest.SampleRate).Samples;
    }

    private static AudioClip Decode(byte[] bytes, TranscriptionOptions options)
    {
        AudioClip clip;
        try
        {
            clip = WavReader.Read(bytes, new WavLimits { MaxBytes = options.MaxFileBytes, MaxDuration = TimeSpan.FromSeconds(options.MaxAudioSeconds) });
        }
        catch (WavFormatException exception)
        {
            throw Refuse(exception.Message, "invalid_audio");
        }

        return clip.Duration >= Shortest
            ? clip
            : throw Refuse($"The recording lasts {clip.Duration.TotalSeconds:0.###} s; at least {Shortest.TotalSeconds} s are needed.", "audio_too_short");
    }

    private static OpenAiException Refuse(string message, string code) => new(message, param: "file", code: code);
}
