using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.Stt.Hearing;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

/// <summary>
/// Feeds audio to a <see cref="TurnListener"/> window by window, as fast as it goes: what runs beside takes a set number of windows of the
/// audio's own time, whatever the machine is doing.
/// </summary>
internal sealed class Listening : IDisposable
{
    private static readonly VoiceActivityModel Voice = new(TestModels.Path("vad/silero_vad_v6.onnx"));
    private static readonly EndOfTurnModel EndOfTurn = new(TestModels.Path("turn/smart-turn-v3.2-cpu.onnx"));
    private readonly Queue<(Task<Action> Work, int ReadyAt)> _work = new();
    private readonly int _lag;
    private int _windows;

    public Listening(ITranscriber transcriber, Func<ReadOnlyMemory<float>, float>? askFinished = null, HearingOptions? options = null, int lag = 3)
    {
        _lag = lag;
        var ask = askFinished ?? (audio => EndOfTurn.Ask(audio.Span));
        Listener = new TurnListener(
            Voice.CreateStream(), (audio, _, _) => Task.FromResult(ask(audio)), transcriber, options ?? new HearingOptions(),
            work => _work.Enqueue((work(), _windows + _lag)), Events.Add, TimeProvider.System);
    }

    public TurnListener Listener { get; }

    public List<RealtimeServerEvent> Events { get; } = [];

    public IEnumerable<T> All<T>() => Events.OfType<T>();

    /// <summary>A recording with half a second of silence in front, as any microphone has, and more after it.</summary>
    public Task FeedAsync(string clip, double silenceAfter = 0) =>
        FeedAsync(TestAudio.Padded(clip, TranscriptionRequest.SampleRate, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(silenceAfter)));

    public Task FeedSilenceAsync(double seconds) => FeedAsync(TestAudio.Silence(TranscriptionRequest.SampleRate, TimeSpan.FromSeconds(seconds)));

    public Task FeedAsync(AudioClip clip) => FeedAsync(clip, VoiceActivityModel.WindowSamples);

    public async Task FeedAsync(AudioClip clip, int frame)
    {
        foreach (var window in clip.Samples.Chunk(frame))
        {
            Listener.Accept(window);
            _windows++;
            await SettleAsync(_windows);
        }
    }

    /// <summary>Waits for everything that runs beside.</summary>
    public Task SettleAsync() => SettleAsync(int.MaxValue);

    public void Dispose() => Listener.Dispose();

    private async Task SettleAsync(int until)
    {
        while (_work.TryPeek(out var next) && next.ReadyAt <= until)
        {
            _work.Dequeue();
            (await next.Work)();
        }
    }
}
