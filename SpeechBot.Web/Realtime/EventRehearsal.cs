namespace SpeechBot.Web.Realtime;

/// <summary>
/// One of each event that a hands-free turn sends. The serializer takes up to 22 ms to learn a type, and those that go out in front of the
/// first sound are three: they are written before anybody listens.
/// </summary>
internal static class EventRehearsal
{
    private static readonly ItemView Item = new("", "user", "completed", [new ContentView("input_audio", Transcript: "")]);
    private static readonly OutputAudioDelta Audio = new("", "", new byte[2]);

    /// <summary>In the order of a turn.</summary>
    internal static IReadOnlyList<ServerEvent> OfATurn { get; } =
    [
        new SpeechStarted(0, ""),
        new StateChanged("", null),
        new SpeechStopped(0, ""),
        new InputCommitted(""),
        new ItemAdded(Item),
        new TranscriptionDelta("", ""),
        new TranscriptionCompleted("", ""),
        new ResponseCreated(new ResponseView("", "in_progress")),
        new OutputItemAdded("", new ItemReference(""), new AudioReference(0)),
        new OutputTranscriptDelta("", "", ""),
        Audio,
        new OutputTranscriptDone("", "", ""),
        new OutputAudioDone("", ""),
        new ResponseDone(new ResponseView("", "completed", Usage: new UsageView(0, 0, 0))),
        new TurnTimingsEvent("", null, new Dictionary<string, double> { [""] = 0 }, [new SegmentView("", 0, 0)]),
    ];

    /// <summary>Writes them, for nobody.</summary>
    internal static void Hold()
    {
        foreach (var message in OfATurn)
        {
            RealtimeJson.Write(message);
        }

        AudioFrame.Write(Audio, new byte[AudioFrame.HeaderBytes + Audio.Delta.Length]);
    }
}
