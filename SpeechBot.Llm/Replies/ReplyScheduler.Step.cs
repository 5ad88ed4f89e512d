using System.Runtime.InteropServices;
using LLama.Native;
using SpeechBot.ServiceDefaults.Cores;

namespace SpeechBot.Llm.Replies;

// One step of the engine: for whom, on how many cores, and what is in its batch.
internal sealed partial class ReplyScheduler
{
    /// <summary>Most tokens of a step that nobody waits for. It keeps a core for about 70 ms, and whoever wants to hear has to wait for that long.</summary>
    private const int ReadAheadSlice = 12;

    /// <summary>A first clause is on its way to the voice: so long the engine leaves it the core that it would take for the next word.</summary>
    private static readonly TimeSpan HandOver = TimeSpan.FromMilliseconds(10);

    private readonly List<ReplyJob> _step = [];

    /// <summary>What a step is about, which decides how many cores it takes.</summary>
    private enum Work
    {
        /// <summary>Somebody waits for a first token: the cores that are free.</summary>
        Read,

        /// <summary>Replies are written: one core.</summary>
        Write,

        /// <summary>Nobody waits: one core, and small steps.</summary>
        ReadAhead,
    }

    private async Task StepAsync(LlamaModel model)
    {
        var work = NextWork();
        if (HandOverLeft(work) is { } left)
        {
            await Task.Delay(left, time, _stopping.Token);
            return;
        }

        using var held = work == Work.Read ? await cores.AcquireSomeAsync(_stopping.Token) : await cores.AcquireOneAsync(_stopping.Token);

        // Some may have left while the cores were busy elsewhere.
        DropCancelled();
        Compose(work);
        if (_step.Count == 0)
        {
            return;
        }

        var threads = work == Work.Read ? ReadingThreads(held) : _options.EffectiveDecodeThreads;
        held.Keep(threads);
        var context = model.Engine.Context;
        if (context.BatchThreads != threads)
        {
            // Two replies written together are a batch of two tokens, which the engine computes with its batch threads: both are set.
            (context.GenerationThreads, context.BatchThreads) = (threads, threads);
        }

        DecodeResult result;
        while ((result = await _thread.RunAsync(model.Engine.Infer)) == DecodeResult.NoKvSlot && _cache.EvictOne())
        {
        }

        if (result != DecodeResult.Ok)
        {
            BeginAnew(model, null, result.ToString());
            return;
        }

        foreach (var job in _step.Where(job => !job.IsReading))
        {
            Sample(job, model);
        }
    }

    /// <summary>
    /// Threads for a prompt. Who is alone gets all cores that are free; several share them: two threads read less than twice as fast, and
    /// the other core hears or speaks meanwhile for whom the engine has just left.
    /// </summary>
    private int ReadingThreads(CoreTokens held)
    {
        var most = _options.EffectivePrefillThreads;
        if (cores.Tokens > 0)
        {
            var answered = _active.Concat(_waiting).Count(job => !job.Request.PrefillOnly);
            most = Math.Clamp(held.Count / Math.Max(1, answered), 1, most);
        }

        return most == 1 ? 1 : Math.Min(most, SpareCores.Count());
    }

    /// <summary>How long the cores are still left to the voice; null where nobody has just written a first clause, or somebody waits for words.</summary>
    private TimeSpan? HandOverLeft(Work work)
    {
        if (cores.Tokens == 0 || work == Work.Read || _active.Any(job => job.IsBeginning))
        {
            return null;
        }

        var left = HandOver - _active.Min(job => job.SinceBegun ?? HandOver);

        // Timers know whole milliseconds only, and less than one of them would be no wait at all.
        return left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : null;
    }

    private Work NextWork() =>
        _active.Any(job => job.IsBeginning) ? Work.Write
        : _active.Any(job => job.IsReading && !job.Request.PrefillOnly) ? Work.Read
        : _active.Any(job => job.Next is not null) ? Work.Write
        : Work.ReadAhead;

    /// <summary>
    /// Puts one token of everybody who writes, and a slice of what is to be read, into the next batch. One after the other gets to its
    /// first clause: if all prompts were read first, everybody would wait as long as the last one does now. A CPU computes two tokens hardly
    /// faster together than one after the other, so those whose first clause is still being heard hold still meanwhile.
    /// </summary>
    private void Compose(Work work)
    {
        _step.Clear();
        var somebodyWaits = work == Work.Read || _active.Any(job => job.IsBeginning);
        foreach (var job in _active)
        {
            if (job.Next is { } token && !(somebodyWaits && job.CanWait))
            {
                job.Conversation!.Sequence.Prompt(token);
                job.Conversation.Tokens.Add(token);
                _step.Add(job);
            }
        }

        if (_active.Any(job => job.IsBeginning))
        {
            return;
        }

        var budget = work != Work.Read ? ReadAheadSlice : _step.Count > 0 ? _options.PrefillSlice : _options.PrefillSliceAlone;
        if (_active.Where(job => job.IsReading).OrderBy(job => job.Request.PrefillOnly).FirstOrDefault() is { } reader)
        {
            var slice = CollectionsMarshal.AsSpan(reader.Pending)[..Math.Min(budget, reader.Pending.Count)];
            reader.Conversation!.Sequence.Prompt(slice);
            reader.Conversation.Tokens.AddRange(slice);
            reader.Pending.RemoveRange(0, slice.Length);
            _step.Add(reader);
        }
    }

    private void Sample(ReplyJob job, LlamaModel model)
    {
        if (job.Next is null)
        {
            job.PromptRead();
        }

        if (job.Request.PrefillOnly)
        {
            Complete(job, ReplyEnd.Length);
        }
        else if (!job.Advance(job.Conversation!.Sequence.Sample(), model.Vocab))
        {
            Leave(job);
        }
    }
}
