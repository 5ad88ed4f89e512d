using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using SpeechBot.Llm.Batching;
using SpeechBot.ServiceDefaults.Cores;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Llm.Replies;

/// <summary>
/// Requests in, replies out, token by token. One loop (see <c>ReplyScheduler.Loop.cs</c>) owns the engine and advances everybody together:
/// a newcomer joins at the next step, one who leaves is gone at the next step.
/// </summary>
internal sealed partial class ReplyScheduler(
    IOptions<ReplyOptions> options, ModelReadiness readiness, CoreLease cores, ReplyTelemetry telemetry, TimeProvider time, ILogger<ReplyScheduler> logger) : IAsyncDisposable
{
    private readonly ReplyOptions _options = options.Value;
    // Null only wakes the loop.
    private readonly Channel<ReplyJob?> _incoming = Channel.CreateUnbounded<ReplyJob?>(new() { SingleReader = true });
    private readonly Replaceable<LlamaModel> _models = new();
    private readonly EngineThread _thread = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private int _inFlight;

    /// <summary>The model, once it is loaded.</summary>
    public LlamaModel? Model => _models.Current;

    /// <summary>Replies that are being written or wait.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Begins to serve <paramref name="model"/>, which belongs to the scheduler from now on.</summary>
    public void Start(LlamaModel model)
    {
        _models.Replace(model);
        var use = _models.TryUse()!;
        Reset(model);
        _loop = Task.Run(() => RunAsync(use));
    }

    /// <summary>
    /// Writes a reply. Leaving the enumeration, or cancelling, frees the engine within one step.
    /// </summary>
    /// <exception cref="OpenAiException">The model is not ready, the queue is full, or the messages do not fit.</exception>
    public async IAsyncEnumerable<ReplyEvent> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var limit = _options.MaxParallel + _options.QueueLimit;
        if (Interlocked.Increment(ref _inFlight) > limit)
        {
            Interlocked.Decrement(ref _inFlight);
            throw Full();
        }

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        ReplyJob job;
        try
        {
            job = With(model => new ReplyJob(request, model, time, leaving.Token));
            if (!_incoming.Writer.TryWrite(job))
            {
                throw NotReady();
            }
        }
        catch
        {
            Interlocked.Decrement(ref _inFlight);
            throw;
        }

        try
        {
            await foreach (var part in job.Events.ReadAllAsync(cancellationToken))
            {
                yield return part;
            }
        }
        finally
        {
            await leaving.CancelAsync();
        }
    }

    /// <summary>Does something short with the model, which stays until that is done, whoever replaces it meanwhile.</summary>
    /// <exception cref="OpenAiException">It is not loaded.</exception>
    public T With<T>(Func<LlamaModel, T> work)
    {
        using var use = _models.TryUse() ?? throw NotReady();
        return work(use.Value);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _incoming.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _loop;
        _thread.Dispose();
        _models.Dispose();
        _stopping.Dispose();
    }

    private OpenAiException NotReady() =>
        new($"The model is not ready: {readiness.Stage}. GET /health tells when it is.", 503, code: "model_not_ready", type: "server_error")
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    private OpenAiException Full() =>
        new($"{_options.MaxParallel} replies are being written and {_options.QueueLimit} requests wait already (Llm:MaxParallel, Llm:QueueLimit). Try again in a second.", 429, code: "rate_limit_exceeded", type: "rate_limit_error")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };
}
