using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Hearing;

/// <summary>
/// One listener behind one connection: the client's events in, ours out. Everything happens in one loop, in the order in which it came;
/// only transcriptions and questions run beside it.
/// </summary>
public sealed class RealtimeSession : IDisposable
{
    // A client that sends faster than it is heard is slowed down, not stored: 5 s of 20 ms frames.
    private const int WaitingMessages = 256;
    private readonly Channel<Action> _work = Channel.CreateBounded<Action>(WaitingMessages);
    private readonly Channel<RealtimeServerEvent> _events = Channel.CreateUnbounded<RealtimeServerEvent>(new() { SingleWriter = true });
    private readonly HearingOptions _options;
    private readonly TurnListener _listener;
    private RealtimeSettings _settings;
    private StreamingResampler _resampler;

    /// <param name="models">The networks that listen.</param>
    /// <param name="transcriber">Finds out the words.</param>
    /// <param name="model">The id of the model that does.</param>
    /// <param name="options">How to listen.</param>
    /// <param name="time">The clock of the timings.</param>
    public RealtimeSession(HearingModels models, ITranscriber transcriber, string model, HearingOptions options, TimeProvider time)
    {
        _options = options;
        _settings = new RealtimeSettings($"sess_{Guid.CreateVersion7():N}", model, TurnDetection.Default(options));
        _resampler = new StreamingResampler(_settings.InputRate, TranscriptionRequest.SampleRate);
        _listener = new TurnListener(models.Voice.CreateStream(), models.AskFinishedAsync, transcriber, options, RunBeside, Emit, time);
        Emit(new SessionEvent("session.created", _settings.ToJson()));
    }

    /// <summary>What to send to the client, in order.</summary>
    public ChannelReader<RealtimeServerEvent> Events => _events.Reader;

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var action in _work.Reader.ReadAllAsync(cancellationToken))
            {
                action();
            }
        }
        finally
        {
            _work.Writer.TryComplete();
            _events.Writer.TryComplete();
        }
    }

    /// <summary>Takes audio: 16-bit little-endian mono PCM at the session's rate.</summary>
    public ValueTask AppendAsync(byte[] pcm, CancellationToken cancellationToken) => _work.Writer.WriteAsync(() => Append(pcm), cancellationToken);

    /// <summary>Takes an event of the client. What cannot be used is answered by an <c>error</c> event.</summary>
    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        string? eventId = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var message = document.RootElement.Clone();
            if (message.ValueKind != JsonValueKind.Object)
            {
                throw new RealtimeException("An event is a JSON object with a type.", "invalid_event");
            }

            eventId = Text(message, "event_id");
            return _work.Writer.WriteAsync(() => Handle(message, eventId), cancellationToken);
        }
        catch (JsonException exception)
        {
            return RefuseAsync(new RealtimeException($"The message is not JSON: {exception.Message}", "invalid_json"), eventId, cancellationToken);
        }
        catch (RealtimeException exception)
        {
            return RefuseAsync(exception, eventId, cancellationToken);
        }
    }

    /// <summary>Tells the client that something it sent cannot be used.</summary>
    public ValueTask RefuseAsync(RealtimeException exception, string? eventId, CancellationToken cancellationToken) =>
        _work.Writer.WriteAsync(() => Emit(ErrorOf(exception, eventId)), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Handle(JsonElement message, string? eventId)
    {
        try
        {
            Handle(message);
        }
        catch (RealtimeException exception)
        {
            Emit(ErrorOf(exception, eventId));
        }
    }

    private void Handle(JsonElement message)
    {
        var type = Text(message, "type");
        switch (type)
        {
            case "input_audio_buffer.append":
                Append(Base64(message));
                break;
            case "input_audio_buffer.commit" when !_listener.Commit():
                throw new RealtimeException("There is nothing to commit: no audio was sent since the last item.", "input_audio_buffer_commit_empty");
            case "input_audio_buffer.commit":
                break;
            case "input_audio_buffer.clear":
                _listener.Clear();
                break;
            case "session.update" or "transcription_session.update":
                Update(message);
                break;
            case "speechbot.turn.trace":
                Trace(message);
                break;
            default:
                throw new RealtimeException($"The event type is '{type}'; taken are session.update, input_audio_buffer.append, .commit and .clear, and speechbot.turn.trace.", "unknown_event", "type");
        }
    }

    private void Append(byte[] pcm) => _listener.Accept(_resampler.Process(Pcm16.ToSamples(pcm)));

    private void Update(JsonElement message)
    {
        if (!message.TryGetProperty("session", out var session) || session.ValueKind != JsonValueKind.Object)
        {
            throw new RealtimeException("session.update needs an object 'session'.", "missing_required_parameter", "session");
        }

        var settings = _settings.With(session, _options);
        if (settings.InputRate != _settings.InputRate)
        {
            _resampler = new StreamingResampler(settings.InputRate, TranscriptionRequest.SampleRate);
        }

        (_listener.Language, _listener.Prompt, _listener.Detection) = (settings.Language, settings.Prompt, settings.Detection);
        _settings = settings;
        Emit(new SessionEvent("session.updated", settings.ToJson()));
    }

    private void Trace(JsonElement message)
    {
        if (Text(message, "item_id") is not { } item || !ActivityContext.TryParse(Text(message, "traceparent"), null, isRemote: true, out var trace))
        {
            throw new RealtimeException("speechbot.turn.trace needs an item_id and a W3C traceparent.", "invalid_value", "traceparent");
        }

        _listener.Trace(item, trace);
    }

    private static byte[] Base64(JsonElement message) =>
        message.TryGetProperty("audio", out var audio) && audio.ValueKind == JsonValueKind.String && audio.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new RealtimeException("audio must be 16-bit little-endian mono PCM in base64.", "invalid_value", "audio");

    private static string? Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ErrorEvent ErrorOf(RealtimeException exception, string? eventId) =>
        new(new RealtimeErrorDetails("invalid_request_error", exception.Code, exception.Message, exception.Param, eventId));

    private void Emit(RealtimeServerEvent message) => _events.Writer.TryWrite(message);

    private void RunBeside(Func<Task<Action>> work) => _ = RunBesideAsync(work);

    private async Task RunBesideAsync(Func<Task<Action>> work)
    {
        var result = await Task.Run(work);
        try
        {
            await _work.Writer.WriteAsync(result);
        }
        catch (ChannelClosedException)
        {
            // The session ended meanwhile; nobody wants to know any more.
        }
    }
}
