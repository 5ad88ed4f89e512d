using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

[Collection(nameof(Ears))]
public sealed class TranscriptionTests(Ears ears)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(KnownWords.Clips), MemberType = typeof(KnownWords))]
    public async Task Known_audio_gives_known_words(string clip)
    {
        var transcript = await ears.Transcriber.TranscribeAllAsync(Request(TestAudio.Read(clip)), Cancelled);

        Assert.Equal(0, WordErrorRate.Of(KnownWords.Of[clip], transcript.Text), 6);
    }

    [Fact]
    public async Task Audio_longer_than_the_models_window_is_transcribed_whole()
    {
        var clip = TestAudio.Read("jfk.wav");
        var pause = new float[clip.SampleRate / 2];
        var samples = Enumerable.Repeat<float[]>([.. clip.Samples, .. pause], 4).SelectMany(part => part).ToArray();

        var transcript = await ears.Transcriber.TranscribeAllAsync(Request(new AudioClip(samples, clip.SampleRate)), Cancelled);

        Assert.True(transcript.Segments.Count >= 2);
        Assert.InRange(WordErrorRate.Of(string.Join(' ', Enumerable.Repeat(KnownWords.Of["jfk.wav"], 4)), transcript.Text), 0, 0.06);
    }

    [Theory]
    [InlineData("capital-of-france.wav", "jfk.wav", "spider-legs.wav")]
    [InlineData("plants-food.wav", "jfk.wav", "unfinished.wav", "stop.wav")]
    public async Task Audio_that_begins_with_a_word_is_transcribed_to_its_end(params string[] clips)
    {
        // The model writes the first sentence and takes the rest for silence, unless it is asked again.
        var samples = TestAudio.Joined(TranscriptionRequest.SampleRate, clips.Select(TestAudio.Read)).Samples;
        var begin = Array.FindIndex(samples, sample => Math.Abs(sample) > 0.02f);

        var transcript = await ears.Transcriber.TranscribeAllAsync(new TranscriptionRequest(samples.AsMemory(begin)), Cancelled);

        Assert.InRange(WordErrorRate.Of(string.Join(' ', clips.Select(clip => KnownWords.Of[clip])), transcript.Text), 0, 0.1);
    }

    [Fact]
    public async Task Silence_has_no_words()
    {
        var transcript = await ears.Transcriber.TranscribeAllAsync(new TranscriptionRequest(new float[48_000]), Cancelled);

        Assert.Equal("", transcript.Text);
    }

    [Fact]
    public async Task A_cancelled_transcription_ends_at_once_and_the_next_one_works()
    {
        using var cancel = new CancellationTokenSource();
        var samples = new float[27 * TranscriptionRequest.SampleRate];
        TestAudio.Read("jfk.wav").Samples.CopyTo(samples, 0);
        var running = ears.Transcriber.TranscribeAllAsync(new TranscriptionRequest(samples) { Words = true }, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var next = await ears.Transcriber.TranscribeAllAsync(Request(TestAudio.Read("stop.wav")), Cancelled);
        Assert.Equal(0, WordErrorRate.Of("Stop.", next.Text), 6);
    }

    [Fact]
    public async Task A_run_that_passes_its_deadline_is_stopped_with_advice()
    {
        using var model = WhisperModel.Load(TestModels.StarterEars, new TranscriptionOptions { Accelerator = Accelerator.Cpu });
        var time = new FakeTimeProvider();
        var decoder = new WhisperDecoder(Options.Create(new TranscriptionOptions { DeadlineSeconds = 5 }), time);
        var running = decoder.DecodeAsync(model, Request(TestAudio.Read("jfk.wav")) with { Words = true }, Cancelled);
        time.Advance(TimeSpan.FromSeconds(6));

        var exception = await Assert.ThrowsAsync<TranscriptionException>(() => running);

        Assert.True(exception.TimedOut);
        Assert.Contains("Stt:DeadlineSeconds", exception.Message);
    }

    private static TranscriptionRequest Request(AudioClip clip) => new(clip.To(TranscriptionRequest.SampleRate).Samples);
}
