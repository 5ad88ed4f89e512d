using System.Runtime.CompilerServices;
using SpeechBot.Stt.Hearing;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

/// <summary>What is told and when, with words and verdicts from a script; only voice is told from silence for real.</summary>
public sealed class TurnEventsTests
{
    private readonly ScriptedTranscriber _transcriber = new();

    [Fact]
    public async Task A_voice_that_goes_on_voids_the_candidate_and_the_item_continues()
    {
        using var listening = new Listening(_transcriber, _ => 0.1f, new HearingOptions { PatienceSeconds = 2.5 });
        await listening.FeedAsync("sky-blue.wav");
        await listening.FeedAsync("short-joke.wav", silenceAfter: 3);

        var item = Assert.Single(listening.All<SpeechStarted>()).ItemId;
        Assert.Equal([typeof(TurnCandidate), typeof(TurnDropped), typeof(TurnCandidate), typeof(TurnConfirmed)], TypesOf(listening));
        Assert.All(listening.All<TurnCandidate>(), candidate => Assert.Equal(item, candidate.ItemId));
        Assert.Equal("resumed", listening.All<TurnDropped>().Single().Reason);
        Assert.Equal(item, listening.All<TurnConfirmed>().Single().ItemId);
    }

    [Fact]
    public async Task A_turn_that_sounds_finished_is_confirmed_after_a_fifth_of_a_second()
    {
        using var listening = new Listening(_transcriber, _ => 0.9f);
        await listening.FeedAsync("sky-blue.wav", silenceAfter: 1);

        var turn = Assert.Single(listening.All<TurnConfirmed>());
        Assert.InRange(turn.WaitedMs, 200, 256);
        Assert.Equal(0.9f, turn.Probability);
        Assert.Equal(1, turn.Timings.EndOfTurnAsks);
        Assert.InRange(turn.AudioEndMs, 2_000, 2_400);
        Assert.Equal(
            ["input_audio_buffer.speech_started", "speechbot.turn.candidate", "input_audio_buffer.speech_stopped", "input_audio_buffer.committed",
                "speechbot.turn.confirmed", "conversation.item.input_audio_transcription.delta", "conversation.item.input_audio_transcription.completed"],
            listening.Events.Where(e => e is not (VoicePaused or VoiceResumed)).Select(e => e.Type));
        Assert.Equal(listening.All<VoiceResumed>().Count() + 1, listening.All<VoicePaused>().Count());
    }

    [Fact]
    public async Task A_vowel_that_the_network_doubts_does_not_break_the_first_word_of_a_voice()
    {
        // "Ask", after a pause that ends a turn: the windows in the middle of it are as loud as the others and score less than half now and then.
        var ask = (From: TimeSpan.FromSeconds(3.40), To: TimeSpan.FromSeconds(3.72));
        var clip = TestAudio.Padded("jfk.wav", TranscriptionRequest.SampleRate, TimeSpan.FromSeconds(1), TimeSpan.Zero);
        for (var shift = 0; shift < VoiceActivityModel.WindowSamples; shift += 16)
        {
            using var listening = new Listening(_transcriber, _ => 0.9f);
            var before = TimeSpan.FromSeconds(1) - TimeSpan.FromSeconds((double)shift / TranscriptionRequest.SampleRate);
            await listening.FeedAsync(clip with { Samples = clip.Samples[shift..(int)((before + ask.To).TotalSeconds * TranscriptionRequest.SampleRate)] });

            Assert.Equal(2, listening.All<SpeechStarted>().Count());
            Assert.DoesNotContain(listening.All<VoicePaused>(), paused => paused.AudioEndMs > (before + ask.From).TotalMilliseconds);
        }
    }

    [Fact]
    public async Task Patience_ends_a_turn_that_never_sounds_finished()
    {
        using var listening = new Listening(_transcriber, _ => 0.1f);
        listening.Listener.Detection = listening.Listener.Detection with { Patience = TimeSpan.FromSeconds(0.8) };
        await listening.FeedAsync("sky-blue.wav", silenceAfter: 2);

        Assert.InRange(Assert.Single(listening.All<TurnConfirmed>()).WaitedMs, 800, 864);
    }

    [Fact]
    public async Task Where_the_room_is_quiet_a_transcription_begins_before_the_end_of_the_voice_is_certain()
    {
        using var listening = new Listening(_transcriber, _ => 0.9f);
        await listening.FeedAsync("sky-blue.wav", silenceAfter: 1);

        var began = Assert.Single(listening.All<SpeechStarted>()).AudioStartMs;
        var (length, cancelled) = _transcriber.Asked[^1];
        Assert.InRange(began + length.TotalMilliseconds, 500 + 1_630, listening.All<VoicePaused>().Last().AudioEndMs - 1);
        Assert.False(cancelled.IsCancellationRequested);
        Assert.All(_transcriber.Asked.SkipLast(1), asked => Assert.True(asked.Cancelled.IsCancellationRequested));
        Assert.Single(listening.All<TurnCandidate>());
    }

    [Theory]
    [InlineData("sky-blue.wav")]
    [InlineData("short-joke.wav")]
    [InlineData("capital-of-france.wav")]
    public async Task It_begins_with_the_first_quiet_moment_wherever_the_windows_fall(string name)
    {
        const int Frame = TranscriptionRequest.SampleRate / 50;
        var clip = TestAudio.Padded(name, TranscriptionRequest.SampleRate, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        var loudest = clip.Samples.Max(Math.Abs);
        for (var shift = 0; shift < VoiceActivityModel.WindowSamples; shift += 64)
        {
            var transcriber = new ScriptedTranscriber();
            var samples = clip.Samples[shift..];
            using var listening = new Listening(transcriber, _ => 0.9f);
            await listening.FeedAsync(clip with { Samples = samples }, Frame);

            var lastSound = Array.FindLastIndex(samples, sample => Math.Abs(sample) > loudest / 100) * 1000.0 / clip.SampleRate;
            var began = Assert.Single(listening.All<SpeechStarted>()).AudioStartMs;
            var (length, cancelled) = transcriber.Asked[^1];
            // A sound fades for a moment; then 24 ms of quiet, and up to a frame of 20 ms until they are there.
            Assert.InRange(began + length.TotalMilliseconds - lastSound, 20, 56);
            Assert.False(cancelled.IsCancellationRequested);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(170)]
    [InlineData(340)]
    public async Task Of_so_short_a_word_as_stop_nothing_is_transcribed_before_its_last_sound(int from)
    {
        // The lips close for the "p" 0.7 s into the recording, and what they leave behind when they open has gone at 0.85 s.
        var stop = TestAudio.Padded("stop.wav", TranscriptionRequest.SampleRate, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        using var listening = new Listening(_transcriber, _ => 0.9f);
        await listening.FeedAsync(new(stop.Samples[from..], stop.SampleRate));

        var began = Assert.Single(listening.All<SpeechStarted>()).AudioStartMs;
        var (length, cancelled) = Assert.Single(_transcriber.Asked);
        Assert.InRange(began + length.TotalMilliseconds + TimeSpan.FromSeconds((double)from / stop.SampleRate).TotalMilliseconds, 500 + 850, 500 + 960);
        Assert.False(cancelled.IsCancellationRequested);
        Assert.Single(listening.All<TurnConfirmed>());
    }

    [Fact]
    public async Task Where_others_need_the_model_it_begins_when_the_voice_has_ended()
    {
        _transcriber.IsFree = false;
        using var listening = new Listening(_transcriber, _ => 0.9f);
        await listening.FeedAsync("sky-blue.wav", silenceAfter: 1);

        Assert.Equal(listening.All<VoicePaused>().Count(), _transcriber.Asked.Count);
        Assert.Single(listening.All<TurnConfirmed>());
    }

    [Fact]
    public async Task Where_the_room_is_loud_it_begins_when_the_voice_has_ended()
    {
        using var listening = new Listening(_transcriber, _ => 0.1f, new HearingOptions { PatienceSeconds = 3 });
        await listening.FeedAsync("jfk.wav");

        Assert.Equal(listening.All<VoicePaused>().Count(), _transcriber.Asked.Count);
    }

    [Fact]
    public async Task A_fixed_silence_ends_a_turn_without_asking()
    {
        using var listening = new Listening(_transcriber, _ => throw new InvalidOperationException("asked"));
        listening.Listener.Detection = listening.Listener.Detection with { Mode = TurnMode.Silence, Silence = TimeSpan.FromSeconds(0.4) };
        await listening.FeedAsync("sky-blue.wav", silenceAfter: 2);

        Assert.InRange(Assert.Single(listening.All<TurnConfirmed>()).WaitedMs, 400, 464);
    }

    [Fact]
    public async Task By_button_only_the_commit_ends_a_turn()
    {
        using var listening = new Listening(_transcriber, _ => 0.9f);
        listening.Listener.Detection = listening.Listener.Detection with { Mode = TurnMode.Manual };
        await listening.FeedAsync("sky-blue.wav", silenceAfter: 2);
        Assert.Empty(listening.Events);

        Assert.True(listening.Listener.Commit());
        await listening.SettleAsync();

        Assert.Equal("word", Assert.Single(listening.All<TranscriptionCompleted>()).Transcript);
        Assert.False(listening.Listener.Commit());
    }

    [Fact]
    public async Task A_click_is_no_turn()
    {
        using var listening = new Listening(_transcriber, _ => 0.9f);
        var clip = TestAudio.Read("stop.wav");
        await listening.FeedAsync(new(clip.Samples[..(int)(0.42 * clip.SampleRate)], clip.SampleRate));
        await listening.FeedSilenceAsync(2);

        Assert.Empty(listening.All<TurnConfirmed>());
        Assert.Empty(listening.All<TurnCandidate>());
        Assert.All(listening.All<TurnDropped>(), dropped => Assert.Equal("noise", dropped.Reason));
    }

    [Fact]
    public async Task Clearing_throws_away_what_was_said()
    {
        using var listening = new Listening(_transcriber, _ => 0.1f);
        await listening.FeedAsync("sky-blue.wav");

        listening.Listener.Clear();
        await listening.FeedSilenceAsync(2);

        Assert.Equal([typeof(TurnCandidate), typeof(TurnDropped)], TypesOf(listening));
        Assert.Single(listening.All<BufferCleared>());
    }

    [Fact]
    public async Task An_endless_utterance_is_ended_with_a_word_about_it()
    {
        using var listening = new Listening(_transcriber, _ => 0.1f, new HearingOptions { MaxUtteranceSeconds = 5 });
        await listening.FeedAsync("jfk.wav", silenceAfter: 2);

        Assert.Equal("utterance_too_long", listening.All<ErrorEvent>().First().Error.Code);
        Assert.True(listening.All<TurnConfirmed>().Count() >= 2);
    }

    [Fact]
    public async Task A_transcription_that_fails_ends_the_item_in_words()
    {
        _transcriber.Failure = new TranscriptionException("The model took too long.", timedOut: true);
        using var listening = new Listening(_transcriber, _ => 0.9f);
        await listening.FeedAsync("sky-blue.wav", silenceAfter: 1);

        Assert.Equal("The model took too long.", Assert.Single(listening.All<TranscriptionFailed>()).Error.Message);
        Assert.Empty(listening.All<TurnConfirmed>());
    }

    private static IEnumerable<Type> TypesOf(Listening listening) =>
        listening.Events.Where(e => e is TurnCandidate or TurnDropped or TurnConfirmed).Select(e => e.GetType());

    private sealed class ScriptedTranscriber : ITranscriber
    {
        public TranscriptionException? Failure { get; set; }

        public bool IsFree { get; set; } = true;

        public List<(TimeSpan Length, CancellationToken Cancelled)> Asked { get; } = [];

        public async IAsyncEnumerable<TranscriptSegment> TranscribeAsync(TranscriptionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Asked.Add((request.Duration, cancellationToken));
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return Failure is null ? new TranscriptSegment("word", TimeSpan.Zero, request.Duration, "en") : throw Failure;
        }
    }
}
