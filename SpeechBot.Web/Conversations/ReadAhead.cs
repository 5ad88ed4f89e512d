using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SpeechBot.Web.Clients;

namespace SpeechBot.Web.Conversations;

/// <summary>Ways to read a stage that is at work.</summary>
internal static class ReadAhead
{
    /// <summary>Reads a stream as fast as it comes, so that its end and its duration do not depend on how fast it is used up.</summary>
    internal static async IAsyncEnumerable<T> Ahead<T>(this IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var pump = PumpAsync(source, channel.Writer, abandoned.Token);
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            await abandoned.CancelAsync();
            await pump;
        }
    }

    /// <summary>Hands nothing on before everything is there.</summary>
    internal static async IAsyncEnumerable<T> Whole<T>(this IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in await source.ToListAsync(cancellationToken))
        {
            yield return item;
        }
    }

    /// <summary>Ends a stream where its stage fails, and tells how.</summary>
    internal static async IAsyncEnumerable<T> UntilFailure<T>(
        this IAsyncEnumerable<T> source, Action<StageException> failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var items = source.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (StageException failure)
            {
                failed(failure);
                yield break;
            }

            yield return items.Current;
        }
    }

    private static async Task PumpAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> into, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in source.WithCancellation(cancellationToken))
            {
                into.TryWrite(item);
            }

            into.TryComplete();
        }
        catch (Exception failure)
        {
            into.TryComplete(failure);
        }
    }
}
