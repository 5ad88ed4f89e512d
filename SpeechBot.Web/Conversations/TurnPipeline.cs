using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using SpeechBot.ServiceDefaults.Text;
using SpeechBot.Web.Clients;

namespace SpeechBot.Web.Conversations;

/// <summary>
/// What was said → the answer, heard. The stages are streams, joined in <see cref="RunAsync"/> in the order in which a turn lives:
/// transcript, reply tokens, clauses, audio, released, heard.
/// </summary>
internal sealed class TurnPipeline(Brain brain, SpeechClient voice, ILogger<TurnPipeline> logger)
{
    // Enough to bridge a slow clause, little enough that nothing much is made in vain when the person interrupts.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(4);
    private const int SequentialReplyTokens = 64;

    internal async Task RunAsync(TurnRun run)
    {
        try
        {
            if (!await HearAsync(run))
            {
                run.End(TurnState.Interrupted);
                return;
            }

            var tokens = ThinkAsync(run, run.Cancelled).Ahead(run.Cancelled);
            var clauses = CutAsync(run, tokens, run.Cancelled);
            var audio = SpeakAsync(run, clauses, run.Cancelled);
            var released = HoldAsync(run, audio, run.Cancelled);
            await foreach (var piece in released)
            {
                run.Play(piece);
            }

            run.Complete();
            await run.Playback.HeardAsync(run.Cancelled);
            run.End(run.Turn.Failure is null ? TurnState.Done : TurnState.Failed);
        }
        catch (OperationCanceledException) when (run.Cancelled.IsCancellationRequested)
        {
            run.End(TurnState.Interrupted);
        }
        catch (StageException failure)
        {
            logger.StageFailed(failure, failure.Stage, run.Turn.Id);
            await FailAsync(run, failure.Message);
        }
        catch (Exception failure)
        {
            logger.TurnFailed(failure, run.Turn.Id);
            await FailAsync(run, "Something went wrong with this answer. The log of the web service tells what.");
        }
        finally
        {
            run.End(TurnState.Interrupted);
        }
    }

    /// <summary>Speaks a text that is known already.</summary>
    internal async Task ReplayAsync(TurnRun run, string text)
    {
        try
        {
            await foreach (var piece in HoldAsync(run, SpeakAsync(run, CutAsync(run, Once(text), run.Cancelled), run.Cancelled), run.Cancelled))
            {
                run.Play(piece);
            }

            run.Complete();
            await run.Playback.HeardAsync(run.Cancelled);
            run.End(run.Turn.Failure is null ? TurnState.Done : TurnState.Failed);
        }
        catch (OperationCanceledException) when (run.Cancelled.IsCancellationRequested)
        {
            run.End(TurnState.Interrupted);
        }
        finally
        {
            run.End(TurnState.Interrupted);
        }
    }

    private static async Task<bool> HearAsync(TurnRun run)
    {
        var text = (await run.Open.WordsAsync(run.Cancelled)).Trim();
        if (text.Length == 0)
        {
            await run.ConfirmedAsync();
            run.Release();
            return false;
        }

        run.Understood(text);
        if (run.Settings.Pipeline != PipelineMode.Speculative)
        {
            await run.ConfirmedAsync();
        }

        run.Turn.State = run.IsConfirmed ? TurnState.Thinking : TurnState.Deciding;
        run.Shown();
        return true;
    }

    private async IAsyncEnumerable<string> ThinkAsync(TurnRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sequential = run.Settings.Pipeline == PipelineMode.Sequential;
        var prompt = BrainPrompt.For(run.Conversation, run.Settings.SystemPrompt, brain.HistoryTurns, run.Turn, run.Turn.UserText);
        await foreach (var update in brain.ReplyAsync(prompt, sequential ? null : run.Conversation.Id, sequential ? SequentialReplyTokens : null, cancellationToken))
        {
            run.Usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? run.Usage;
            if (update.Text.Length > 0)
            {
                if (run.Turn.Timings.FirstToken is null)
                {
                    run.Mark(TurnMark.FirstToken);
                }

                yield return update.Text;
            }
        }
    }

    private static async IAsyncEnumerable<Clause> CutAsync(TurnRun run, IAsyncEnumerable<string> tokens, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reply = new StringBuilder();
        var whole = run.Settings.Pipeline == PipelineMode.Sequential && !run.IsReplay;
        var cutter = new ClauseCutter();
        await foreach (var token in tokens.WithCancellation(cancellationToken))
        {
            run.Turn.BotText = reply.Append(token).ToString();
            foreach (var clause in whole ? [] : cutter.Push(token))
            {
                yield return clause;
            }
        }

        if (reply.Length == 0)
        {
            throw new StageException(Stage.Brain, "The brain (language model) had nothing to say to that. Try other words.");
        }

        foreach (var clause in whole ? [new Clause(reply.ToString(), 0, IsCut: false, IsLast: true)] : cutter.Complete())
        {
            yield return clause;
        }
    }

    private async IAsyncEnumerable<AudioPiece> SpeakAsync(TurnRun run, IAsyncEnumerable<Clause> clauses, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var clause in clauses.WithCancellation(cancellationToken))
        {
            if (run.Turn.Timings.FirstClause is null)
            {
                run.Mark(TurnMark.FirstClause);
            }

            var starts = true;
            if (run.CanBeHeard && run.Turn.Failure is null)
            {
                await run.Playback.LeadBelowAsync(Lead, cancellationToken);
                var speech = voice.SpeakAsync(clause, run.Settings.Voice, run.Settings.Speed, cancellationToken);
                if (run.Settings.Pipeline == PipelineMode.Sequential)
                {
                    speech = speech.Whole(cancellationToken);
                }

                await foreach (var pcm in speech.UntilFailure(VoiceFailed, cancellationToken))
                {
                    yield return new AudioPiece(clause, starts, pcm);
                    starts = false;
                }

                if (!starts)
                {
                    yield return new AudioPiece(clause, StartsClause: false, default);
                }
            }

            if (starts && run.IsConfirmed)
            {
                run.Release();
                run.Write(clause);
            }
        }

        void VoiceFailed(StageException failure)
        {
            // The rest of the answer is still worth reading.
            logger.StageFailed(failure, failure.Stage, run.Turn.Id);
            run.Turn.Failure = failure.Message;
        }
    }

    private static async IAsyncEnumerable<AudioPiece> HoldAsync(TurnRun run, IAsyncEnumerable<AudioPiece> audio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var piece in audio.WithCancellation(cancellationToken))
        {
            if (run.Turn.Timings.FirstAudio is null)
            {
                run.Mark(TurnMark.FirstAudio);
            }

            await run.ConfirmedAsync();
            await run.MayGoOnAsync();
            run.Release();
            yield return piece;
        }

        await run.ConfirmedAsync();
        run.Release();
    }

    /// <summary>A failure is a sentence in the conversation, once it is certain that there was something to answer.</summary>
    private static async Task FailAsync(TurnRun run, string sentence)
    {
        try
        {
            await run.ConfirmedAsync();
            run.Release();
            run.End(TurnState.Failed, sentence);
        }
        catch (OperationCanceledException)
        {
            run.End(TurnState.Interrupted);
        }
    }

    private static async IAsyncEnumerable<string> Once(string text)
    {
        await Task.CompletedTask;
        yield return text;
    }
}
