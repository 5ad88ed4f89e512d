using System.Runtime.InteropServices;
using LLama.Native;
using SpeechBot.Llm.Prompts;
using SpeechBot.ServiceDefaults.Cores;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Replies;

internal sealed partial class ReplyScheduler
{
    /// <summary>Most tokens of a step that nobody waits for. It keeps a core for about 70 ms, and whoever wants to hear has to wait for that long.</summary>
    private const int ReadAheadSlice = 12;

    private readonly List<ReplyJob> _waiting = [];
    private readonly List<ReplyJob> _active = [];
    private readonly List<ReplyJob> _step = [];
    private ConversationCache _cache = null!;

    /// <summary>What a step is about, which decides how many cores it takes.</summary>
    private enum Work
    {
        /// <summary>Somebody waits for a first token: all cores.</summary>
        Read,

        /// <summary>Replies are written: one core.</summary>
        Write,

        /// <summary>Nobody waits: one core, and small steps.</summary>
        ReadAhead,
    }

    private async Task RunAsync(Replaceable<LlamaModel>.Use use)
    {
        var model = use.Value;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                // Who asks for another model is heard while others are answered; when they are done, nothing more comes in to wait for.
                if (_next is null && _active.Count + _waiting.Count == 0)
                {
                    await _incoming.Reader.WaitToReadAsync(_stopping.Token);
                }

                DropCancelled();
                if (_next is not null && _active.Count == 0)
                {
                    use = TakeOver(use);
                    model = use.Value;
                }

                TakeUp(model);
                if (_active.Count > 0)
                {
                    await StepAsync(model);
                }

                telemetry.CacheUsage = (double)_cache.Used / _options.ContextTokens;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                BeginAnew(model, exception, exception.GetType().Name);
            }
        }

        ReadIncoming();
        FailAll(new OperationCanceledException("The service is stopping."));
        use.Dispose();
        EndReplacing();
    }

    private void Reset(LlamaModel model)
    {
        var planner = new PromptPlanner(model.Renderer.ReplyEnd, _options.ConversationTokens, model.Executor.Context.NativeHandle.MemoryCanShift);
        _cache = new ConversationCache(model.Executor, planner, _options.ContextTokens, _options.MaxConversations);
    }

    private void ReadIncoming()
    {
        while (_incoming.Reader.TryRead(out var job))
        {
            if (job is not null)
            {
                _waiting.Add(job);
            }
        }
    }

    private void DropCancelled()
    {
        ReadIncoming();
        foreach (var job in _active.Where(job => job.Cancelled).ToList())
        {
            Leave(job);
            job.Fail(new OperationCanceledException());
        }

        foreach (var job in _waiting.Where(job => job.Cancelled).ToList())
        {
            _waiting.Remove(job);
            Interlocked.Decrement(ref _inFlight);
            job.Fail(new OperationCanceledException());
        }
    }

    /// <summary>Takes up who waits, those who only want to have something read last.</summary>
    private void TakeUp(LlamaModel model)
    {
        // Those who are being answered finish with the model that began; the others wait for the new one.
        if (_next is not null)
        {
            return;
        }

        foreach (var job in _waiting.OrderBy(job => job.Request.PrefillOnly).ToList())
        {
            job.Render(model);
            Supersede(job);
            if (_active.Count >= _options.MaxParallel)
            {
                return;
            }

            try
            {
                var reserve = Math.Min(job.Request.MaxTokens, _options.ConversationTokens / 2);
                if (_cache.Take(job.Prompt, job.Request, reserve) is not { } taken)
                {
                    return;
                }

                _waiting.Remove(job);
                _active.Add(job);
                job.Start(taken.Conversation, taken.Plan, _options.ConversationTokens, model.Executor.Context);
                if (job.Pending.Count == 0)
                {
                    job.PromptRead();
                    Complete(job, ReplyEnd.Length);
                }
            }
            catch (OpenAiException exception)
            {
                _waiting.Remove(job);
                Interlocked.Decrement(ref _inFlight);
                job.Fail(exception);
            }
        }
    }

    /// <summary>What was being read ahead for the same conversation ends here: the newcomer goes on from where it got to.</summary>
    private void Supersede(ReplyJob newcomer)
    {
        foreach (var job in _active.Where(job => job.Request.PrefillOnly && job.Request.CacheKey is { } key && key == newcomer.Request.CacheKey).ToList())
        {
            job.PromptRead();
            Complete(job, ReplyEnd.Length);
        }
    }

    private async Task StepAsync(LlamaModel model)
    {
        var work = NextWork();
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
        var context = model.Executor.Context;
        if (context.BatchThreads != threads)
        {
            // Two replies written together are a batch of two tokens, which the engine computes with its batch threads: both are set.
            (context.GenerationThreads, context.BatchThreads) = (threads, threads);
        }

        DecodeResult result;
        while ((result = await model.Executor.Infer()) == DecodeResult.NoKvSlot && _cache.EvictOne())
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
                job.Conversation!.Native.Prompt(token);
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
            reader.Conversation!.Native.Prompt(slice);
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
        else if (!job.Advance(job.Conversation!.Native.Sample(), model.Vocab))
        {
            Leave(job);
        }
    }

    private void Complete(ReplyJob job, string reason)
    {
        job.Finish(reason);
        Leave(job);
    }

    /// <summary>Frees the place of a job; its conversation stays in the cache, with what was written of the reply.</summary>
    private void Leave(ReplyJob job)
    {
        _active.Remove(job);
        Interlocked.Decrement(ref _inFlight);
        var conversation = job.Conversation!;
        if (job.AsHistory() is { } reply)
        {
            conversation.Segments = [.. conversation.Segments, reply];
        }

        _cache.Release(conversation);
    }

    private void BeginAnew(LlamaModel model, Exception? exception, string result)
    {
        logger.EngineFailed(exception, result, _active.Count);
        FailAll(new OpenAiException("The engine failed while it wrote this reply and begins anew. Send the request again.", 503, code: "engine_failed", type: "server_error"));
        model.Restart();
        Reset(model);
    }

    private void FailAll(Exception exception)
    {
        foreach (var job in _active.Concat(_waiting))
        {
            Interlocked.Decrement(ref _inFlight);
            job.Fail(exception);
        }

        _active.Clear();
        _waiting.Clear();
    }
}
