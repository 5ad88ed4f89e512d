using System.Diagnostics;
using SpeechBot.Bench.Realtime;

namespace SpeechBot.Bench.Talking;

/// <summary>Follows the events of a connection and keeps what belongs to the turn that is going on.</summary>
public sealed class TurnLog(RealtimeClient client, SessionClock clock)
{
    // A client fades an answer out within 20 ms.
    private static readonly long Fade = Stopwatch.Frequency / 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<uint, string> _items = [];
    private readonly List<long> _withdrawnAudible = [];
    private readonly List<(long From, long To)> _heardEarly = [];
    private readonly Dictionary<string, long> _resumed = [];
    private readonly HashSet<string> _silent = [];
    private Dictionary<string, Playback> _playbacks = [];
    private Dictionary<string, string> _answers = [];
    private Dictionary<string, string> _heard = [];
    private Dictionary<string, double> _stages = [];

    /// <summary>The session is ready for its first question.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why the last response ended, and when: its status, or the words of an error.</summary>
    public (long Timestamp, string Status, string? Error) LastResponse { get; private set; }

    /// <summary>The last timings as they came, with marks and trace id; null before any.</summary>
    public RealtimeEvent? Timings { get; private set; }

    /// <summary>When the last timings came.</summary>
    public long LastTimings { get; private set; }

    /// <summary>The answers of this turn that were not withdrawn, in order.</summary>
    public IReadOnlyList<Playback> Playbacks => Locked(() => _playbacks.Values.ToArray());

    /// <summary>The first moment at which anything was to be heard, also of an answer that was withdrawn later; 0 where nothing was.</summary>
    public long FirstAudible => Locked(() => _withdrawnAudible.Concat(_playbacks.Values.Select(playback => playback.FirstAudible)).Where(at => at > 0).DefaultIfEmpty().Min());

    /// <summary>
    /// The longest that an answer was still to be heard after the speaker, whom it had begun to answer too early, was to be heard again;
    /// null where none was.
    /// </summary>
    /// <param name="voice">The first moment at or after another at which the speaker is to be heard; null where he never is again.</param>
    public TimeSpan? SpokenOver(Func<long, long?> voice) => Locked(() =>
        _heardEarly.Select(heard => voice(heard.From) is { } speaks && speaks < heard.To ? Stopwatch.GetElapsedTime(speaks, heard.To) : (TimeSpan?)null).Max());

    /// <summary>What was understood.</summary>
    public string Transcript => Locked(() => string.Join(' ', _heard.Values));

    /// <summary>What was answered.</summary>
    public string Answer => Locked(() => string.Join(' ', _answers.Values.Select(answer => answer.Trim())));

    /// <summary>The parts of the latency, in ms.</summary>
    public IReadOnlyDictionary<string, double> Stages => Locked(() => _stages);

    /// <summary>Forgets the turn before.</summary>
    public void Begin() => Locked(() =>
    {
        (_playbacks, _answers, _heard, _stages, LastResponse, LastTimings, Timings) = ([], [], [], [], default, 0, null);
        _withdrawnAudible.Clear();
        _heardEarly.Clear();
        _resumed.Clear();
        _silent.Clear();
        return true;
    });

    /// <summary>Takes what arrived next.</summary>
    public void Receive(RealtimeMessage message, CancellationToken cancellation) => Locked(() =>
    {
        switch (message)
        {
            case RealtimeAudio audio when _items.TryGetValue(audio.Item, out var item) && _playbacks.TryGetValue(item, out var playback):
                playback.Receive(audio, cancellation);
                break;
            case RealtimeEvent happened:
                Receive(happened);
                break;
        }

        return true;
    });

    private void Receive(RealtimeEvent happened)
    {
        var item = happened.Text("item_id");
        switch (happened.Type)
        {
            case "session.updated":
                Ready.TrySetResult();
                break;
            case "speechbot.pong":
                clock.Pong(happened.Json.GetProperty("client_time").GetDouble(), happened.Json.GetProperty("server_time").GetDouble(), SessionClock.Milliseconds(happened.Timestamp));
                break;
            case "conversation.item.input_audio_transcription.completed":
                _heard[item] = happened.Text("transcript");
                break;
            case "conversation.item.deleted":
                Silenced(item, happened.Timestamp);
                Withdraw(item);
                break;
            case "response.output_item.added":
                item = happened.Text("item", "id");
                _items[happened.Json.GetProperty("speechbot").GetProperty("audio").GetUInt32()] = item;
                _playbacks[item] = new(item, client, clock);
                break;
            case "response.output_audio_transcript.delta":
                _answers[item] = _answers.GetValueOrDefault(item, "") + happened.Text("delta");
                break;
            case "response.output_audio_transcript.done" when happened.Text("transcript") is { Length: > 0 } whole:
                _answers[item] = whole;
                break;
            case "response.output_audio.done":
                _playbacks.GetValueOrDefault(item)?.Complete();
                break;
            case "speechbot.output_audio.duck":
                Silenced(item, happened.Timestamp);
                break;
            case "speechbot.output_audio.resume":
                _silent.Remove(item);
                _resumed[item] = happened.Timestamp;
                break;
            case "output_audio_buffer.cleared":
                Silenced(item, happened.Timestamp);
                _playbacks.GetValueOrDefault(item)?.Clear();
                break;
            case "response.done":
                LastResponse = (happened.Timestamp, happened.Text("response", "status"), ErrorOf(happened));
                break;
            case "error":
                LastResponse = (happened.Timestamp, "error", happened.Text("error", "message"));
                break;
            case "speechbot.turn.timings":
                _stages = happened.Json.GetProperty("segments").EnumerateArray().ToDictionary(
                    segment => segment.GetProperty("name").GetString()!,
                    segment => segment.GetProperty("end_ms").GetDouble() - segment.GetProperty("start_ms").GetDouble());
                (Timings, LastTimings) = (happened, happened.Timestamp);
                break;
        }
    }

    private void Silenced(string item, long at)
    {
        if (_playbacks.GetValueOrDefault(item)?.FirstAudible is > 0 and var first && first < at && _silent.Add(item))
        {
            _heardEarly.Add((Math.Max(first, _resumed.GetValueOrDefault(item)), at + Fade));
        }
    }

    private void Withdraw(string item)
    {
        if (_playbacks.Remove(item, out var playback))
        {
            playback.Clear();
            _withdrawnAudible.Add(playback.FirstAudible);
        }

        _answers.Remove(item);
    }

    private static string? ErrorOf(RealtimeEvent done) => done.Text("response", "status") switch
    {
        "failed" => done.Text("response", "status_details", "error", "message") is { Length: > 0 } message ? message : "the response failed",
        _ => null,
    };

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
        {
            return action();
        }
    }
}
