using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Replies;

internal sealed partial class ReplyScheduler
{
    // Clients learn a model's name once; until they have learned the new one, the former still counts.
    private static readonly TimeSpan FormerNameCounts = TimeSpan.FromMinutes(1);

    private volatile Replacement? _next;
    private volatile FormerName? _former;

    /// <summary>
    /// Lets another model take over, which belongs to the scheduler from now on: those who are being answered are answered to the end by
    /// the old one, those who wait get the new one. Returns when it has taken over.
    /// </summary>
    public Task ReplaceAsync(LlamaModel model)
    {
        var replacement = new Replacement(model);
        _next = replacement;
        if (!_incoming.Writer.TryWrite(null))
        {
            // The service is stopping, and the loop may have ended already.
            EndReplacing();
        }

        return replacement.Done.Task;
    }

    /// <summary>Whether a request that names this model means the one that is served.</summary>
    public bool Answers(string id, LlamaModel model) =>
        id == model.Id || (_former is { } former && former.Id == id && time.GetElapsedTime(former.Since) < FormerNameCounts);

    private Replaceable<LlamaModel>.Use TakeOver(Replaceable<LlamaModel>.Use old)
    {
        var next = _next!;
        _former = new FormerName(old.Value.Id, time.GetTimestamp());
        _models.Replace(next.Model);
        var use = _models.TryUse()!;
        Reset(use.Value);
        old.Dispose();
        _next = null;
        next.Done.SetResult();
        return use;
    }

    private void EndReplacing()
    {
        if (Interlocked.Exchange(ref _next, null) is { } never)
        {
            never.Model.Dispose();
            never.Done.TrySetException(new OpenAiException("The service is stopping.", 503, code: "stopping", type: "server_error"));
        }
    }

    private sealed record FormerName(string Id, long Since);

    private sealed record Replacement(LlamaModel Model)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
