using System.Diagnostics;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Realtime;
using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Talking;

/// <summary>A person who asks, listens to the answer, and notes how long it took: hands free, or with a finger on the button.</summary>
public sealed class Talker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);

    // From the last voiced sample until the finger leaves the button.
    private static readonly TimeSpan Release = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly RealtimeClient _client;
    private readonly Microphone _microphone;
    private readonly TurnLog _log;
    private Task _running = Task.CompletedTask;

    private readonly bool _handsFree;

    private Talker(RealtimeClient client, bool handsFree)
    {
        var clock = new SessionClock();
        (_client, _microphone, _log, _handsFree) = (client, new(client, handsFree), new(client, clock), handsFree);
    }

    /// <summary>Connects and opens the microphone.</summary>
    /// <param name="web">Address of web.</param>
    /// <param name="pipeline">sequential, streamed or speculative.</param>
    /// <param name="handsFree">The microphone stays open and the ears find the turn's end; else a button held 200 ms longer than the voice ends it.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Talker> StartAsync(Uri web, string pipeline, bool handsFree, CancellationToken cancellation)
    {
        var talker = new Talker(await RealtimeClient.ConnectAsync(web, Environment.GetEnvironmentVariable("SPEECHBOT_API_KEY"), cancellation), handsFree);
        object? detection = handsFree ? new { type = "semantic_vad", interrupt_response = true } : null;
        var reading = talker.ReadAsync();
        await talker._client.SendAsync(
            new
            {
                type = "session.update",
                session = new
                {
                    audio = new { input = new { turn_detection = detection } },
                    speechbot = new { pipeline, binary_audio = true },
                },
            },
            cancellation);
        for (var ping = 0; ping < 3; ping++)
        {
            await talker._client.SendAsync(new { type = "speechbot.ping", client_time = SessionClock.Now }, cancellation);
        }

        await talker._log.Ready.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellation);
        talker._running = Task.WhenAll(reading, talker._microphone.RunAsync(talker._stop.Token));
        return talker;
    }

    /// <summary>The sound of the last answer, at 24 kHz.</summary>
    public AudioClip LastAnswer => new([.. _log.Playbacks.SelectMany(playback => playback.Samples)], RealtimeClient.SampleRate);

    /// <summary>Says a recording and listens until the answer to it was played.</summary>
    public async Task<TurnResult> SayAsync(string name, AudioClip clip, CancellationToken cancellation)
    {
        _log.Begin();
        var cpu = CpuMeter.Start();
        var voice = VoicedPart.End(clip);
        var (starting, sent) = _microphone.Play(_handsFree ? clip : new(clip.Samples[..(int)Math.Min(clip.Samples.Length, (voice + Release).TotalSeconds * clip.SampleRate)], clip.SampleRate));
        // A connection that has ended never takes the first frame: AnswerAsync then says so.
        await Task.WhenAny(starting, _running).WaitAsync(cancellation);
        var voiceEnded = (starting.IsCompleted ? await starting : Stopwatch.GetTimestamp()) + (long)(voice.TotalSeconds * Stopwatch.Frequency);
        if (!_handsFree && !_running.IsCompleted)
        {
            await sent.WaitAsync(cancellation);
            await _client.SendAsync(new { type = "input_audio_buffer.commit" }, cancellation);
            await _client.SendAsync(new { type = "response.create" }, cancellation);
        }

        var error = await AnswerAsync(voiceEnded, cancellation);
        var playback = _log.Playbacks.FirstOrDefault(playback => playback.FirstAudible > voiceEnded);
        var early = _log.FirstAudible is > 0 and var first && first < voiceEnded;
        return new()
        {
            Clip = name,
            VoiceToVoice = playback is null ? null : Stopwatch.GetElapsedTime(voiceEnded, playback.FirstAudible).TotalMilliseconds,
            Stages = _log.Stages,
            Timings = _log.Timings?.Json,
            AnsweredEarly = early,
            SpokeOver = early ? (_log.SpokenOver(Voice) ?? TimeSpan.Zero).TotalMilliseconds : null,
            Gap = playback?.LongestGap.TotalMilliseconds,
            Transcript = _log.Transcript,
            Answer = _log.Answer,
            // The room at the end of a recording may be as loud as its voice, and the answer to that begin before the recording ends.
            Error = error ?? (_log.Playbacks.Any(answer => answer.FirstAudible > 0) ? null : "nothing was to be heard"),
            Others = cpu.OthersPercent(),
        };

        long? Voice(long after)
        {
            var began = voiceEnded - (long)(voice.TotalSeconds * Stopwatch.Frequency);
            var next = VoicedPart.Next(clip, TimeSpan.FromSeconds((double)(after - began) / Stopwatch.Frequency));
            return next is { } at ? began + (long)(at.TotalSeconds * Stopwatch.Frequency) : null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await _client.DisposeAsync();
        _stop.Dispose();
    }

    // Null when the answer to the whole of what was said was played, else why not.
    private async Task<string?> AnswerAsync(long voiceEnded, CancellationToken cancellation)
    {
        while (!(_log.LastResponse is { Status: not "cancelled" } response && response.Timestamp > voiceEnded))
        {
            if (_running.IsCompleted)
            {
                return $"the connection ended: {_running.Exception?.GetBaseException().Message ?? "closed by the server"}";
            }

            if (Stopwatch.GetTimestamp() > voiceEnded && Stopwatch.GetElapsedTime(voiceEnded) > Patience)
            {
                return $"no answer within {Patience.TotalSeconds:F0} s";
            }

            await Task.Delay(Poll, TimeProvider.System, cancellation);
        }

        await Task.WhenAll(_log.Playbacks.Select(playback => playback.Ended)).WaitAsync(Patience, cancellation);
        var ended = Stopwatch.GetTimestamp();
        while (_log.LastTimings < ended && Stopwatch.GetElapsedTime(ended) < LastWord)
        {
            await Task.Delay(Poll, TimeProvider.System, cancellation);
        }

        return _log.LastResponse.Error;
    }

    private async Task ReadAsync()
    {
        await foreach (var message in _client.ReadAllAsync(_stop.Token))
        {
            _log.Receive(message, _stop.Token);
        }
    }
}
