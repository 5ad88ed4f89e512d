namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>Tokens that several processes share.</summary>
internal interface ICoreSemaphore : IDisposable
{
    /// <summary>Tokens in all.</summary>
    int Tokens { get; }

    /// <summary>Takes all, or one, if that is possible at once.</summary>
    bool TryTake(bool all);

    /// <summary>Waits for one, and blocks the thread. False where it was cancelled or took too long.</summary>
    bool TakeOne(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Waits for one, ahead of those who want no more, and takes with it what else is free. How many they are; 0 where it was cancelled or took too long.</summary>
    int TakeSome(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Gives tokens back.</summary>
    void Release(int tokens);
}
