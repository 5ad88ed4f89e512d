using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Hearing;

/// <summary>A silence after speech, which may be the end of the turn.</summary>
internal sealed class Pause
{
    private readonly CancellationTokenSource _over = new();

    /// <summary>Where the voice stopped, in samples since the session began; known once it is certain that it did.</summary>
    public long VoiceEnd { get; set; }

    /// <summary>Where the quiet began that it was taken for a pause by, before the network was sure; 0 where the network came first.</summary>
    public long From { get; set; }

    /// <summary>Cancelled when the voice goes on.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>The spans of what is transcribed in it.</summary>
    public SpeculativeRuns Runs { get; } = new();

    /// <summary>What the tail of the utterance says; null until it is transcribed.</summary>
    public string? Text { get; set; }

    public TimeSpan TranscriptionTime { get; set; }

    /// <summary>Where the session was, in samples, when the transcript was there.</summary>
    public long TranscribedAt { get; set; }

    public bool CandidateSent { get; set; }

    /// <summary>How likely the speaker has finished; null until asked.</summary>
    public float? Probability { get; set; }

    public int Asks { get; set; }

    public bool IsAsking { get; set; }

    public TimeSpan EndOfTurnTime { get; set; }

    /// <summary>The silence, in samples, at which to ask next; more than ever comes when all was asked.</summary>
    public long NextAsk { get; set; }

    /// <summary>Where the client, or a limit, has ended the turn, so that only the transcript is missing; null while it is open.</summary>
    public long? CommittedAt { get; set; }

    public bool IsCommitted => CommittedAt is not null;

    /// <summary>Stops what is being done for it.</summary>
    /// <param name="fate">What becomes of its words, as <see cref="SpeculativeRuns"/> names it.</param>
    public void End(string fate)
    {
        Runs.Settle(fate);
        _over.Cancel();
    }
}
