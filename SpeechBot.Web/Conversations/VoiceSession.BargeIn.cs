using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Web.Conversations;

/// <summary>A voice over an answer: an echo, a "mhm", a "stop", or somebody who has something to say.</summary>
public sealed partial class VoiceSession
{
    // The answer is silent from the first sound of a voice, so what goes on this long is no echo, and longer than a "mhm".
    private static readonly TimeSpan PlainlySpeaking = TimeSpan.FromSeconds(1);

    // The echo of an answer's last words comes so late at most.
    private static readonly TimeSpan LastEcho = TimeSpan.FromMilliseconds(400);

    private readonly EchoGate _echo = new();
    private TurnRun? _spokenOver;
    private string? _meaningless;

    /// <summary>Whether words that were heard are to be answered. Over an answer, that decides about the answer too.</summary>
    private bool IsMeant(string item, string words)
    {
        var isStop = _spokenOver is not null && BargeIn.IsStop(words);
        var isEcho = _spokenOver is { Turn.BotText: var answer } && BargeIn.IsEcho(words, answer);
        if (isEcho)
        {
            _echo.LetThrough();
        }

        if (CurrentRun() is not { IsConfirmed: true } run)
        {
            _meaningless = isStop || isEcho ? item : _meaningless;
            return item != _meaningless;
        }

        if (BargeIn.IsNothing(words, run.Turn.BotText))
        {
            _meaningless = item;
            run.Open.Activity?.AddEvent(new(TelemetryNames.Events.Backchannel));
            run.GoOn();
            return false;
        }

        // Stopped is stopped; what is meant is meant, whatever else is said with it.
        (_meaningless, _spokenOver) = isStop ? (item, _spokenOver) : (null, null);
        GiveWay(run, isStop);
        return !isStop;
    }

    /// <summary>The answer whose last words may still be in the room.</summary>
    private TurnRun? JustSpoken()
    {
        lock (_sync)
        {
            return _last is { EndedAt: { } ended } && _services.Time.GetElapsedTime(ended, _voiceSince) < LastEcho ? _last : null;
        }
    }

    /// <summary>How loud the answer comes out of the loudspeaker now, as far as is known.</summary>
    private double LoudspeakerLevel() => CurrentRun() is { IsReleased: true, IsHeld: false } run ? run.Loudness.Around(run.Playback.PlayedMs) : 0;

    private void GiveWayToLongSpeech()
    {
        // A pause is not speech, however long the words of it take to be understood: on a slow machine a "mhm" is short too.
        if (_voice && !_voicePauses && CurrentRun() is { IsHeld: true } run && _services.Time.GetElapsedTime(_voiceSince) > PlainlySpeaking)
        {
            GiveWay(run, forGood: false);
            Publish();
        }
    }

    /// <summary>Ends an answer that is spoken over: as if it had never been, where the speaker had not finished and wants one.</summary>
    private void GiveWay(TurnRun run, bool forGood)
    {
        var goesOn = !forGood && GoesOn(run);
        WebTelemetry.RecordBargeIn(run.Open.Activity, goesOn, _services.Time.GetUtcNow(), _services.Time.GetElapsedTime(_voiceSince));
        if (goesOn)
        {
            Reopen(run);
        }
        else
        {
            Interrupt();
        }
    }

    private bool GoesOn(TurnRun run) =>
        run is { IsReplay: false, Turn.Timings.Spoken: > 0 }
        && (!run.IsReleased || _services.Time.GetElapsedTime(run.LastVoiced, _voiceSince) <= Continuation);
}
