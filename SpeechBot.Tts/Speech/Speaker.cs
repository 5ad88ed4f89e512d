using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.Text;
using SpeechBot.Tts.Text;

namespace SpeechBot.Tts.Speech;

/// <summary>A text → its sound, sentence by sentence as it is made.</summary>
public sealed class Speaker(VoiceHost host, ClauseQueue queue, TimeProvider time)
{
    // Whole sentences sound best; the first is heard before all of it is made.
    private static readonly ClauseCutterOptions WholeSentences = new() { FirstClauseWords = 0 };

    /// <summary>Speaks the text of a request.</summary>
    /// <exception cref="SpeechException">The voice failed.</exception>
    public async IAsyncEnumerable<AudioClip> SpeakAsync(SpeechOrder order, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        var spoken = false;

        // The whole answer has one voice, also where another takes its place meanwhile.
        using var use = host.Enter();
        order = use.Value.Voices.Contains(order.Voice) ? order : order with { Voice = use.Value.Voices[0] };
        foreach (var clause in Clauses(order))
        {
            var pieces = Channel.CreateUnbounded<AudioClip>(new() { SingleReader = true, SingleWriter = true });
            var speaking = SpeakAsync(use.Value, clause, order, pieces.Writer, cancellationToken);
            try
            {
                await foreach (var piece in pieces.Reader.ReadAllAsync(CancellationToken.None))
                {
                    if (!spoken)
                    {
                        SpeechTelemetry.RecordFirstAudio(order.Voice, time.GetElapsedTime(started));
                        spoken = true;
                    }

                    yield return piece;
                }
            }
            finally
            {
                await speaking;
            }
        }
    }

    /// <summary>Makes a clause, and holds its place for as long as that takes, whoever is slow to listen.</summary>
    private async Task SpeakAsync(Synthesizer synthesizer, SpeechClause clause, SpeechOrder order, ChannelWriter<AudioClip> pieces, CancellationToken cancellationToken)
    {
        using var activity = SpeechTelemetry.StartClause(clause, order.Voice, synthesizer.Accelerator);
        var queued = time.GetTimestamp();
        try
        {
            var urgent = clause.Index == 0;
            using var place = await queue.EnterAsync(urgent, cancellationToken);
            SpeechTelemetry.RecordWait(activity, time.GetElapsedTime(queued));

            var started = time.GetTimestamp();
            var style = new SpeechStyle(order.Voice, order.Speed, urgent, place.UseAllCores);
            var length = await Task.Run(() => Say(synthesizer.Say(clause, style, order.SampleRate, cancellationToken), pieces, place, activity), cancellationToken);
            SpeechTelemetry.RecordClause(activity, order.Voice, time.GetElapsedTime(started), length);
        }
        catch (Exception exception)
        {
            SpeechTelemetry.RecordFailure(activity, exception);
            throw;
        }
        finally
        {
            pieces.Complete();
        }
    }

    private static TimeSpan Say(IEnumerable<AudioClip> sound, ChannelWriter<AudioClip> pieces, ClauseQueue.Place place, Activity? activity)
    {
        var length = TimeSpan.Zero;
        foreach (var piece in sound)
        {
            if (length == TimeSpan.Zero)
            {
                SpeechTelemetry.MarkFirstAudio(activity);
                place.KeepOneCore();
            }

            pieces.TryWrite(piece);
            length += piece.Duration;
        }

        return length;
    }

    private static IEnumerable<SpeechClause> Clauses(SpeechOrder order)
    {
        if (order.Clause is { } single)
        {
            return [single];
        }

        var cutter = new ClauseCutter(WholeSentences);
        var text = PlainText.From(order.Input);
        return cutter.Push(text).Concat(cutter.Complete())
            .Select(clause => new SpeechClause(clause.Text, clause.Index, clause.IsCut, PauseAfter: !clause.IsLast));
    }
}
