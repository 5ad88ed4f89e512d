using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Web.Clients;

namespace SpeechBot.Web.Conversations;

/// <summary>
/// An open microphone → what the ears make of it. Keeps a connection to the ears for as long as it lives, and connects again when it
/// breaks; audio of the time between is lost.
/// </summary>
internal sealed class Listening : IAsyncDisposable
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    // Five seconds of 20 ms frames, or 25 of silence: what is older is not worth hearing any more.
    private const int WaitingFrames = 256;

    // While nobody speaks and nothing is said, the ears are woken ten times a second instead of fifty: waking costs more than listening.
    private const int QuietBytes = SpeechClient.SampleRate / 1000 * 100 * sizeof(short);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _sync = new();
    private readonly ArrayBufferWriter<byte> _waiting = new(QuietBytes);
    private readonly Channel<object> _outgoing = Channel.CreateBounded<object>(new BoundedChannelOptions(WaitingFrames) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly TalkServices _services;
    private readonly Action<EarsEvent> _heard;
    private readonly Action<string?> _notify;
    private readonly Func<double> _position;
    private readonly Task _running;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _patience;
    private string? _language;
    private double _startMs;

    /// <param name="services">The ears, and the clock.</param>
    /// <param name="patience">Seconds of silence after which an unfinished sentence is over.</param>
    /// <param name="position">Where in the client's audio the next frame lies, in milliseconds.</param>
    /// <param name="heard">Takes each event, its times counted from the beginning of the client's audio.</param>
    /// <param name="notify">Takes a sentence for the person when the ears are away, and null when they are back.</param>
    internal Listening(TalkServices services, double patience, Func<double> position, Action<EarsEvent> heard, Action<string?> notify)
    {
        (_services, _patience, _position, _heard, _notify) = (services, patience, position, heard, notify);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Completes when the ears listen for the first time; what is said before is lost.</summary>
    internal Task Connected => _connected.Task;

    /// <summary>The next audio of the microphone.</summary>
    /// <param name="pcm">PCM16 mono at 24 kHz.</param>
    /// <param name="canWait">Nothing is going on that a tenth of a second would matter to.</param>
    internal void Hear(ReadOnlyMemory<byte> pcm, bool canWait)
    {
        lock (_sync)
        {
            if (canWait || _waiting.WrittenCount > 0)
            {
                _waiting.Write(pcm.Span);
                if (canWait && _waiting.WrittenCount < QuietBytes)
                {
                    return;
                }

                pcm = _waiting.WrittenSpan.ToArray();
                _waiting.ResetWrittenCount();
            }

            _outgoing.Writer.TryWrite(pcm);
        }
    }

    /// <summary>Throws away what is being said; nothing more of it comes.</summary>
    internal void Forget() => _outgoing.Writer.TryWrite(new EarsClear("input_audio_buffer.clear"));

    /// <summary>Hangs the spans of an utterance under a turn's trace.</summary>
    internal void Trace(string itemId, string traceParent) => _outgoing.Writer.TryWrite(new EarsTrace("speechbot.turn.trace", itemId, traceParent));

    /// <summary>Changes how long an unfinished sentence is waited for.</summary>
    internal void BePatient(double seconds)
    {
        if (_patience != seconds)
        {
            _patience = seconds;
            _outgoing.Writer.TryWrite(Settings());
        }
    }

    /// <summary>Changes which language is listened for; null for the ears' own choice.</summary>
    internal void Understand(string? language)
    {
        if (_language != language)
        {
            _language = language;
            _outgoing.Writer.TryWrite(Settings());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var ears = await _services.Listener.ConnectAsync(_stop.Token);
                _notify(null);
                await TalkAsync(ears);
            }
            catch (Exception failure) when (!_stop.IsCancellationRequested && failure is WebSocketException or HttpRequestException or IOException or OpenAiException)
            {
                _services.Log.EarsFailed(failure);
                _heard(new EarsEvent("speechbot.turn.dropped", Reason: "cleared"));
                _notify("I can't hear you: the ears (speech recognition) are away. They are started again by themselves.");
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(TryAgain, _services.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TalkAsync(EarsConnection ears)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        lock (_sync)
        {
            // What was said while nobody listened.
            _waiting.ResetWrittenCount();
            while (_outgoing.Reader.TryRead(out _))
            {
            }

            _startMs = _position();
        }

        await ears.SendAsync(Settings(), either.Token);
        _connected.TrySetResult();
        var sending = SendAsync(ears, either.Token);
        var reading = ReadAsync(ears, either.Token);
        try
        {
            await await Task.WhenAny(sending, reading);
        }
        finally
        {
            await either.CancelAsync();
            await Task.WhenAll(sending, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(EarsConnection ears, CancellationToken cancellationToken)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await (message is ReadOnlyMemory<byte> pcm ? ears.SendAudioAsync(pcm, cancellationToken) : ears.SendAsync(message, cancellationToken));
        }
    }

    private async Task ReadAsync(EarsConnection ears, CancellationToken cancellationToken)
    {
        await foreach (var heard in ears.ReadAsync(cancellationToken))
        {
            _heard(heard with { AudioStartMs = heard.AudioStartMs + _startMs, AudioEndMs = heard.AudioEndMs + _startMs });
        }
    }

    private EarsUpdate Settings() => new("session.update", new EarsSession("transcription", new EarsAudio(new EarsInput(new EarsFormat("audio/pcm", 24_000), new EarsDetection("semantic_vad", _patience), new EarsTranscription(_language)))));

    private sealed record EarsUpdate(string Type, EarsSession Session);

    private sealed record EarsSession(string Type, EarsAudio Audio);

    private sealed record EarsAudio(EarsInput Input);

    private sealed record EarsInput(EarsFormat Format, EarsDetection TurnDetection, EarsTranscription Transcription);

    private sealed record EarsFormat(string Type, int Rate);

    private sealed record EarsDetection(string Type, double Patience);

    private sealed record EarsClear(string Type);

    private sealed record EarsTranscription(string? Language);

    private sealed record EarsTrace(string Type, string ItemId, string Traceparent);
}
