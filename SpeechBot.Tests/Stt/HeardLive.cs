using SpeechBot.Stt.Hearing;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

/// <summary>Every recording, listened to live once for all tests that look at what was heard.</summary>
public sealed class HeardLive(Ears ears) : IAsyncLifetime
{
    private readonly Dictionary<string, IReadOnlyList<RealtimeServerEvent>> _events = [];

    public IEnumerable<T> All<T>(string clip) => _events[clip].OfType<T>();

    public async ValueTask InitializeAsync()
    {
        foreach (var clip in KnownWords.Of.Keys)
        {
            using var listening = new Listening(ears.Transcriber);
            await listening.FeedAsync(clip, silenceAfter: 2);
            _events[clip] = listening.Events;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
