using System.Net.Http.Json;
using Microsoft.Playwright;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Tests.EndToEnd;
using SpeechBot.Tests.Support;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

/// <summary>Speaking over an answer of the page, hands free, with the whole application behind it.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class BargeInTalkTests(AppHostFixture system, BrowserFixture browsers) : IClassFixture<BrowserFixture>
{
    private const string Story = "You are a storyteller. Tell long stories of many sentences.";

    [Fact]
    public async Task A_word_over_the_answer_silences_it_and_only_what_was_heard_is_kept()
    {
        await using var visitor = await browsers.VisitorAsync();
        var page = await HandsFreePage.OpenAsync(visitor, system.Web, Story);
        await page.HearStoryAsync(seconds: 4);
        var turns = await page.Turns.CountAsync();

        var onset = await page.SayAsync("stop.wav");
        var ducked = await page.Room.EventAsync("speechbot.output_audio.duck", onset);
        var cancelled = await page.Room.EventAsync("output_audio_buffer.cleared", onset);
        // It listens from the first sound of the voice on; that the answer is over is drawn a moment later.
        await Assertions.Expect(page.Turns.Last).ToHaveAttributeAsync("data-state", "interrupted");
        await page.ListensAsync();

        var sound = await page.Room.HeardAsync();
        var quieter = sound.QuieterAfter(onset, cancelled + 500);
        TestContext.Current.SendDiagnosticMessage($"20 dB quieter after {quieter:F0} ms, told to duck after {ducked - onset:F0} ms, cancelled after {cancelled - onset:F0} ms.");
        Assert.NotNull(quieter);
        Assert.InRange(ducked, onset, cancelled);
        var (said, heard) = (await page.Answers.Last.InnerTextAsync(), await page.HeardWords.InnerTextAsync());
        Assert.StartsWith(heard, said, StringComparison.Ordinal);
        Assert.True(heard.Length < said.Length);

        // Nobody says less than a word or more than five in a second.
        var played = (await page.Room.EventsAsync()).Last(happened => happened is { Type: "speechbot.playback", Sent: true }).Played!.Value / 1000;
        Assert.InRange(heard.Split(' ').Length / played, 1, 5);

        // "Stop" asks for silence, not for an answer; the next question does. What follows at once would belong to the same breath.
        await page.Room.EventAsync("input_audio_buffer.cleared", cancelled);
        await page.AskAsync("capital-of-france.wav");
        await Assertions.Expect(page.Turns).ToHaveCountAsync(turns + 1);
        Assert.Equal(KnownWords.Of["capital-of-france.wav"], await page.Turns.Last.GetByTestId("turn-user").InnerTextAsync());
        // What the little brain makes of it in the middle of its story is its own affair.
        await Assertions.Expect(page.Turns.Last.GetByTestId("turn-bot")).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_backchannel_lets_the_answer_go_on_where_it_was()
    {
        await using var visitor = await browsers.VisitorAsync();
        var page = await HandsFreePage.OpenAsync(visitor, system.Web, Story);
        var words = new List<AudioClip>();
        foreach (var word in (string[])["Yeah.", "Okay.", "Yes.", "Right.", "I see."])
        {
            // So short a word the small ears mishear now and then; what the page makes of it when they do not is asked here.
            var clip = await SpokenAsync(word);
            if (BargeIn.IsNothing(await system.TranscribeAsync(clip), ""))
            {
                words.Add(clip);
            }
        }

        Assert.True(words.Count >= 2, $"The ears understand {words.Count} of these words.");
        var asked = await page.HearStoryAsync(seconds: 3, left: 8);
        var turns = await page.Turns.CountAsync();

        foreach (var word in words.Take(2))
        {
            var onset = await page.SayAsync(word);
            await page.Room.EventAsync("speechbot.output_audio.duck", onset);
            await page.Room.EventAsync("speechbot.output_audio.resume", onset);
            var place = (await page.Room.EventsAsync(asked)).Max(happened => happened.Played ?? 0);
            Assert.True(await page.Room.PlayedAsync(place + 1_500, asked));
        }

        var happened = await page.Room.EventsAsync(asked);
        Assert.DoesNotContain(happened, each => each.Type == "output_audio_buffer.cleared");
        var places = happened.Where(each => each.Type == "speechbot.playback").Select(each => each.Played!.Value).ToList();
        Assert.Equal(places.Order(), places);
        Assert.All(places.Zip(places.Skip(1)), step => Assert.InRange(step.Second - step.First, 0, 1_000));
        await Assertions.Expect(page.Turns).ToHaveCountAsync(turns);
    }

    [Theory]
    [InlineData(-20, 50)]
    [InlineData(-30, 200)]
    public async Task The_bots_own_voice_in_the_microphone_does_not_interrupt_it_and_a_person_does(double decibels, double delayMs)
    {
        await using var visitor = await browsers.VisitorAsync();
        var page = await HandsFreePage.OpenAsync(visitor, system.Web, Story);
        await page.Room.EchoAsync(decibels, delayMs);
        var asked = await page.HearStoryAsync(seconds: 10);
        var turns = await page.Turns.CountAsync();

        var happened = await page.Room.EventsAsync(asked);
        Assert.DoesNotContain(happened, each => each.Type == "output_audio_buffer.cleared");
        Assert.DoesNotContain(happened, each => each.Type == "speechbot.output_audio.duck");

        var onset = await page.SayAsync("stop.wav");
        await page.Room.EventAsync("output_audio_buffer.cleared", onset);
        await page.ListensAsync();
        await Assertions.Expect(page.Turns).ToHaveCountAsync(turns);
    }

    /// <summary>Words in the project's own voice.</summary>
    private async Task<AudioClip> SpokenAsync(string words)
    {
        using var tts = system.Client("tts");
        using var response = await tts.PostAsJsonAsync("/v1/audio/speech", new { model = "tts-1", voice = "en_US-joe-medium", input = words }, TestContext.Current.CancellationToken);
        return WavReader.Read(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
