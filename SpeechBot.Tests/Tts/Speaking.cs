using System.Net.Http.Json;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tests.Stt;

namespace SpeechBot.Tests.Tts;

/// <summary>What tests do with a mouth and ears.</summary>
internal static class Speaking
{
    /// <summary>Posts a request to speak.</summary>
    public static Task<HttpResponseMessage> PostAsync(this Mouth mouth, object request) =>
        mouth.Client.PostAsJsonAsync("/v1/audio/speech", request, TestContext.Current.CancellationToken);

    /// <summary>The sound of a request that succeeds with a WAV.</summary>
    public static async Task<AudioClip> SpeakAsync(this Mouth mouth, object request)
    {
        using var response = await mouth.PostAsync(request);
        response.EnsureSuccessStatusCode();
        return WavReader.Read(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// The words that the ears hear in a clip, with the silence after it that a listener hears too. Their whole encoder listens: what is
    /// tested is the voice.
    /// </summary>
    public static async Task<string> HearAsync(this Ears ears, AudioClip clip)
    {
        var silence = new float[TranscriptionRequest.SampleRate * 3 / 10];
        var request = new TranscriptionRequest((float[])[.. clip.To(TranscriptionRequest.SampleRate).Samples, .. silence]) { Segments = true };
        return (await ears.Transcriber.TranscribeAllAsync(request, TestContext.Current.CancellationToken)).Text;
    }
}
