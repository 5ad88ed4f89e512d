using SpeechBot.Stt.Hearing;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

[Collection(nameof(Ears))]
public sealed class TurnListenerTests(Ears ears, HeardLive heard) : IClassFixture<HeardLive>
{
    // One word of the 95 that are spoken: pieces that are heard one by one lack what comes after them, and processors differ in the last digit.
    private const double OneWord = 1 / 95.0 + 1e-9;

    [Theory]
    [InlineData("capital-of-france.wav")]
    [InlineData("spider-legs.wav")]
    [InlineData("sky-blue.wav")]
    [InlineData("short-joke.wav")]
    [InlineData("plants-food.wav")]
    [InlineData("stop.wav")]
    public void A_finished_question_is_confirmed_soon_after_its_end(string clip)
    {
        var turn = Assert.Single(heard.All<TurnConfirmed>(clip));

        Assert.InRange(turn.WaitedMs, 200, 600);
        Assert.Equal(turn.Transcript, heard.All<TurnCandidate>(clip).Last().Transcript);
        Assert.Equal(turn.Transcript, string.Concat(heard.All<TranscriptionDelta>(clip).Select(delta => delta.Delta)));
        Assert.Equal(turn.Transcript, Assert.Single(heard.All<TranscriptionCompleted>(clip)).Transcript);
    }

    [Fact]
    public void An_unfinished_sentence_is_waited_for() =>
        Assert.InRange(Assert.Single(heard.All<TurnConfirmed>("unfinished.wav")).WaitedMs, 1500, 1600);

    [Theory]
    [InlineData("capital-of-france.wav", 0, 1400)]
    [InlineData("spider-legs.wav", 0, 1400)]
    [InlineData("sky-blue.wav", 0, 1400)]
    [InlineData("short-joke.wav", 0, 1400)]
    [InlineData("plants-food.wav", 0, 1400)]
    [InlineData("unfinished.wav", 1500, 1600)]
    public async Task Words_that_come_after_half_a_second_are_judged_like_others(string clip, int least, int most)
    {
        // 640 ms for the words and as much for the verdict, in the audio's own time.
        using var listening = new Listening(ears.Transcriber, lag: 20);
        await listening.FeedAsync(clip, silenceAfter: 2);

        Assert.InRange(Assert.Single(listening.All<TurnConfirmed>()).WaitedMs, least, most);
    }

    [Fact]
    public async Task An_unfinished_sentence_is_waited_for_wherever_the_windows_fall_and_however_late_its_words_are()
    {
        // The verdict on a long silence changes with the sample at which it ends, and with the level: by half of the whole scale.
        const int Shift = 47;
        const float Level = 0.5f;
        var clip = TestAudio.Padded("unfinished.wav", TranscriptionRequest.SampleRate, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));
        for (var shift = 0; shift < VoiceActivityModel.WindowSamples; shift += Shift)
        {
            using var listening = new Listening(ears.Transcriber, lag: 20);
            await listening.FeedAsync(clip with { Samples = [.. clip.Samples.Skip(shift).Select(sample => sample * Level)] });

            Assert.InRange(Assert.Single(listening.All<TurnConfirmed>()).WaitedMs, 1500, 1600);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task Words_before_a_pause_are_settled_however_late_they_come(int lag)
    {
        // Up to 1.9 s for the words: the voice has gone on long before.
        using var listening = new Listening(ears.Transcriber, lag: lag);
        await listening.FeedAsync("two-questions.wav", silenceAfter: 3);
        await listening.SettleAsync();

        var turn = Assert.Single(listening.All<TurnConfirmed>());
        var deltas = listening.All<TranscriptionDelta>().Select(delta => delta.Delta).ToArray();
        Assert.Equal(2, deltas.Length);
        Assert.EndsWith("Rome", deltas[0].TrimEnd('.', ','), StringComparison.Ordinal);
        Assert.Equal(turn.Transcript, string.Concat(deltas));
        Assert.InRange(WordErrorRate.Of(KnownWords.Of["two-questions.wav"], turn.Transcript), 0, 0.04);
    }

    [Fact]
    public void A_pause_in_the_middle_does_not_cut_the_turn()
    {
        Assert.Single(heard.All<TurnConfirmed>("two-questions.wav"));
        Assert.Single(heard.All<SpeechStarted>("two-questions.wav"));
        Assert.Contains(heard.All<TurnDropped>("two-questions.wav"), dropped => dropped.Reason == "resumed");
    }

    [Fact]
    public void What_follows_an_answered_pause_is_judged_with_what_came_before()
    {
        // Nothing tells that the first second of silence is not the end; the two pauses after it are no ends either.
        var turns = heard.All<TurnConfirmed>("jfk.wav").ToArray();

        Assert.InRange(turns.Length, 1, 2);
        Assert.Contains("ask not what your country can do for you", turns[^1].Transcript, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_heard_live_is_as_right_as_what_is_heard_whole()
    {
        var live = new List<(string, string)>();
        var whole = new List<(string, string)>();
        foreach (var (clip, words) in KnownWords.Of)
        {
            live.Add((words, string.Join(' ', heard.All<TurnConfirmed>(clip).Select(turn => turn.Transcript))));
            var transcript = await ears.Transcriber.TranscribeAllAsync(new TranscriptionRequest(TestAudio.Read(clip).Samples), TestContext.Current.CancellationToken);
            whole.Add((words, transcript.Text));
            TestContext.Current.TestOutputHelper?.WriteLine($"{clip}: live '{live[^1].Item2}', whole '{transcript.Text}'");
        }

        Assert.InRange(WordErrorRate.Of(live), 0, WordErrorRate.Of(whole) + OneWord);
    }
}
