using SpeechBot.ServiceDefaults.Text;
using SpeechBot.Web.Clients;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>What the client is given of the answer, piece by piece.</summary>
internal sealed partial class TurnRun
{
    private bool _announced;

    /// <summary>The turn is over and its answer goes out from now on.</summary>
    internal void Release()
    {
        lock (_sync)
        {
            if (_announced || _ended)
            {
                return;
            }

            _announced = true;
            Turn.AnswerItemId = AnswerItemId;
            Turn.State = TurnState.Speaking;
        }

        Mark(TurnMark.Released);
        Playback.Released();
        outbox.Send(new ResponseCreated(new ResponseView(ResponseId, "in_progress")));
        outbox.Send(new OutputItemAdded(ResponseId, new ItemReference(AnswerItemId), new AudioReference(AudioNumber)));
        Released(this);
        Shown();
    }

    /// <summary>Gives a piece of the answer to the client; nothing once the run is over, whose end silences it.</summary>
    internal void Play(AudioPiece piece)
    {
        lock (_sync)
        {
            if (_ended)
            {
                return;
            }

            Send(piece);
        }

        if (piece.StartsClause)
        {
            Shown();
        }
    }

    /// <summary>A clause of an answer that cannot be heard.</summary>
    internal void Write(Clause clause)
    {
        outbox.Send(new OutputTranscriptDelta(ResponseId, AnswerItemId, clause.Text + " "));
        Shown();
    }

    /// <summary>Everything has been sent; the client may still be playing.</summary>
    internal void Complete()
    {
        outbox.Send(new OutputTranscriptDone(ResponseId, AnswerItemId, Turn.BotText));
        outbox.Send(new OutputAudioDone(ResponseId, AnswerItemId));
        SendDone("completed", null);
    }

    private void Send(AudioPiece piece)
    {
        if (piece.StartsClause)
        {
            Playback.BeginClause(piece.Clause.Text);
            outbox.Send(new OutputTranscriptDelta(ResponseId, AnswerItemId, piece.Clause.Text + " "));
        }

        if (piece.EndsClause)
        {
            Playback.EndClause();
            return;
        }

        var position = (uint)Math.Round(Playback.SentMs * SpeechClient.SampleRate / 1000);
        Playback.Add(piece.Pcm.Length);
        Loudness.Add(piece.Pcm.Span);
        outbox.Send(new OutputAudioDelta(ResponseId, AnswerItemId, piece.Pcm) { Number = AudioNumber, Position = position });
        Turn.Clauses = Playback.Clauses;
    }

    private void SendDone(string status, StatusDetails? details)
    {
        lock (_sync)
        {
            if (!_announced)
            {
                return;
            }

            _announced = false;
        }

        var usage = Usage is { } counted ? new UsageView(counted.TotalTokenCount ?? 0, counted.InputTokenCount ?? 0, counted.OutputTokenCount ?? 0) : null;
        outbox.Send(new ResponseDone(new ResponseView(ResponseId, status, details, usage)));
    }
}
