using SpeechBot.Llm.Prompts;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Replies;

internal sealed partial class ReplyScheduler
{
    private readonly List<ReplyJob> _waiting = [];
    private readonly List<ReplyJob> _active = [];
    private ConversationCache _cache = null!;

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
        var planner = new PromptPlanner(model.Renderer.ReplyEnd, _options.ConversationTokens, model.Engine.Context.NativeHandle.MemoryCanShift);
        _cache = new ConversationCache(model.Engine, planner, _options.ContextTokens, _options.MaxConversations);
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
                job.Start(taken.Conversation, taken.Plan, _options.ConversationTokens, model.Engine.Context);
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
