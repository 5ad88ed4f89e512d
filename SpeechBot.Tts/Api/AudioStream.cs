using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tts.Api;

/// <summary>Clips → the body of a response, each sent as soon as it is there.</summary>
internal static class AudioStream
{
    /// <summary>The response's media type.</summary>
    public static string ContentType(SpeechFormat format, int sampleRate) => format == SpeechFormat.Wav ? "audio/wav" : $"audio/pcm;rate={sampleRate};channels=1";

    /// <summary>Sends the clips.</summary>
    /// <exception cref="OpenAiException">Nothing in the text can be spoken (400).</exception>
    public static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<AudioClip> clips, SpeechOrder order, SpeechFormat format, CancellationToken cancellationToken)
    {
        await using var clip = clips.GetAsyncEnumerator(cancellationToken);

        // The first clip is awaited before anything is sent, so that what goes wrong until then is answered as an error.
        var any = await clip.MoveNextAsync();
        if (!any && order.Clause is null)
        {
            throw NothingToSay;
        }

        response.ContentType = ContentType(format, order.SampleRate);
        if (format == SpeechFormat.Wav)
        {
            await response.Body.WriteAsync(WavWriter.Header(order.SampleRate, 1, dataBytes: null), cancellationToken);
        }

        for (; any; any = await clip.MoveNextAsync())
        {
            await response.Body.WriteAsync(Pcm16.ToBytes(clip.Current.Samples), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }

    /// <summary>The error for a text of signs only.</summary>
    public static OpenAiException NothingToSay =>
        new("input has nothing that can be spoken: after markup, links and emoji are taken out, no word is left.", param: "input", code: "nothing_to_say");
}
