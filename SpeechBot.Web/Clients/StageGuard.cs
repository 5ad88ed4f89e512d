using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace SpeechBot.Web.Clients;

/// <summary>Runs a stage against its deadline, and turns whatever goes wrong in it into a <see cref="StageException"/>. One attempt: a second one is the person's decision.</summary>
public sealed class StageGuard(TimeProvider time, IOptions<StageOptions> options)
{
    /// <summary>A stage with one result.</summary>
    public async Task<T> RunAsync<T>(Stage stage, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var overdue = new CancellationTokenSource(options.Value.DeadlineOf(stage), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, overdue.Token);
        try
        {
            return await work(either.Token);
        }
        catch (Exception cause) when (!cancellationToken.IsCancellationRequested && cause is not StageException)
        {
            throw Explain(stage, cause, overdue.IsCancellationRequested);
        }
    }

    /// <summary>A stage that streams: the deadline runs anew for each piece, and not while the reader is busy with one.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(Stage stage, IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var overdue = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, overdue.Token);
        await using var pieces = source.GetAsyncEnumerator(either.Token);
        while (true)
        {
            try
            {
                overdue.CancelAfter(options.Value.DeadlineOf(stage));
                if (!await pieces.MoveNextAsync())
                {
                    yield break;
                }

                overdue.CancelAfter(Timeout.InfiniteTimeSpan);
            }
            catch (Exception cause) when (!cancellationToken.IsCancellationRequested && cause is not StageException)
            {
                throw Explain(stage, cause, overdue.IsCancellationRequested);
            }

            yield return pieces.Current;
        }
    }

    private StageException Explain(Stage stage, Exception cause, bool overdue)
    {
        var who = stage switch
        {
            Stage.Ears => "The ears (speech recognition)",
            Stage.Brain => "The brain (language model)",
            _ => "The voice (speech synthesis)",
        };
        var what = cause switch
        {
            _ when overdue => $"did not answer within {options.Value.DeadlineOf(stage).TotalSeconds:0} s. The machine may be busy; try again.",
            ClientResultException { Status: > 0 } refused => $"could not do it: {refused.Message}",
            HttpRequestException { StatusCode: not null } refused => $"could not do it: {refused.Message}",
            _ => "is away. It is started again by itself; try again when its light is on.",
        };
        return new StageException(stage, $"{who} {what}", cause);
    }
}
