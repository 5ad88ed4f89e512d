using System.Runtime.CompilerServices;
using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.Text;
using SpeechBot.Tts.Text;

namespace SpeechBot.Tts.Speech;

/// <summary>A text → its sound, sentence by sentence as it is made.</summary>
public sealed class Speaker(VoiceHost host, ClauseQueue queue, TimeProvider time)
{
    // Whole sentences sound best; the first is made in a few hundredths of a second on all cores.
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
            var clip = await SpeakAsync(use.Value, clause, order, cancellationToken);
            if (clip.Samples.Length == 0)
            {
                continue;
            }

            if (!spoken)
            {
                SpeechTelemetry.RecordFirstAudio(order.Voice, time.GetElapsedTime(started));
                spoken = true;
            }

            yield return clip;
        }
    }

    private async Task<AudioClip> SpeakAsync(Synthesizer synthesizer, SpeechClause clause, SpeechOrder order, CancellationToken cancellationToken)
    {
        using var activity = SpeechTelemetry.StartClause(clause, order.Voice, synthesizer.Accelerator);
        var queued = time.GetTimestamp();
        using var place = await queue.EnterAsync(urgent: clause.Index == 0, cancellationToken);
        SpeechTelemetry.RecordWait(activity, time.GetElapsedTime(queued));

        var started = time.GetTimestamp();
        try
        {
            var style = new SpeechStyle(order.Voice, order.Speed, place.UseAllCores);
            var clip = await Task.Run(() => synthesizer.Say(clause, style, order.SampleRate, cancellationToken), cancellationToken);
            SpeechTelemetry.RecordClause(activity, order.Voice, time.GetElapsedTime(started), clip.Duration);
            return clip;
        }
        catch (Exception exception)
        {
            SpeechTelemetry.RecordFailure(activity, exception);
            throw;
        }
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
