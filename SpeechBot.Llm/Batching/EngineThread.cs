using System.Collections.Concurrent;

namespace SpeechBot.Llm.Batching;

/// <summary>
/// The one thread that computes. llama.cpp shares its work out with GNU OpenMP, which gives each thread that comes along helpers of its
/// own and keeps them. Once threads and helpers are more than there are cores, it no longer lets them wait actively where they meet, several
/// hundred times a step, and two threads are slower than one. A pool thread now and another one then is enough for that.
/// </summary>
internal sealed class EngineThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    /// <summary>Starts it.</summary>
    public EngineThread()
    {
        _thread = new Thread(Run) { Name = "engine", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Does something there.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var task = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                task.SetResult(work());
            }
            catch (Exception exception)
            {
                task.SetException(exception);
            }
        });
        return task.Task;
    }

    /// <summary>Ends it when what it was asked for is done.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
