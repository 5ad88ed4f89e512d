using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>
/// Core tokens as a System V semaphore set: .NET has no named semaphores on Linux and macOS, and SEM_UNDO makes the kernel give back what
/// a killed process held. Three semaphores: free tokens, processes that wait for some (ahead of those that want no more than one), and
/// how many there are (0 is not set up yet).
/// </summary>
internal sealed partial class SystemVCoreSemaphore : ICoreSemaphore
{
    private const ushort Free = 0;
    private const ushort Wanting = 1;
    private const ushort Size = 2;

    private const int OwnerOnly = 0b110_000_000;
    private const int Create = 0x200;
    private const short NoWait = 0x800;
    private const short Undo = 0x1000;
    private const int Interrupted = 4;

    /// <summary>How often a waiting thread looks whether it was cancelled.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private static readonly int GetValue = OperatingSystem.IsLinux() ? 12 : 5;
    private static readonly int WouldBlock = OperatingSystem.IsLinux() ? 11 : 35;

    private readonly int _id;

    /// <summary>Never set: waiting for it is a pause.</summary>
    private readonly ManualResetEventSlim _pause = new();

    public SystemVCoreSemaphore(string name, int tokens)
    {
        _id = Check(semget(KeyOf(name), 3, Create | OwnerOnly), "create");

        // Fresh semaphores are 0. The first process sets them up, in one indivisible step; for the others that step fails.
        Try([new(Size, 0, NoWait), new(Size, (short)tokens, 0), new(Free, (short)tokens, 0)]);
        Tokens = Check(semctl(_id, Size, GetValue), "read");
    }

    public int Tokens { get; }

    public bool TryTake(bool all) => all
        ? Try([new(Free, (short)-Tokens, NoWait | Undo)])
        : Try([new(Wanting, 0, NoWait), new(Free, -1, NoWait | Undo)]);

    /// <summary>Waits until nobody wants some and one is free, both at the same moment.</summary>
    public bool TakeOne(TimeSpan patience, CancellationToken cancellationToken) =>
        Wait([new(Wanting, 0, 0), new(Free, -1, Undo)], patience, cancellationToken);

    public int TakeSome(TimeSpan patience, CancellationToken cancellationToken)
    {
        Try([new(Wanting, 1, Undo)]);
        if (!Wait([new(Free, -1, Undo), new(Wanting, -1, Undo)], patience, cancellationToken))
        {
            Try([new(Wanting, -1, NoWait | Undo)]);
            return 0;
        }

        var more = Tokens - 1;
        while (more > 0 && !Try([new(Free, (short)-more, NoWait | Undo)]))
        {
            more--;
        }

        return 1 + more;
    }

    public void Release(int tokens) => Try([new(Free, (short)tokens, Undo)]);

    /// <summary>The set stays: other processes may use it, and the kernel undoes what this one holds.</summary>
    public void Dispose() => _pause.Dispose();

    private bool Wait(Span<Operation> operations, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested && Stopwatch.GetElapsedTime(started) < patience)
        {
            if (TryFor(operations))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits for at most <see cref="Slice"/>. macOS has no semtimedop, so that it asks every millisecond.</summary>
    private unsafe bool TryFor(Span<Operation> operations)
    {
        if (!OperatingSystem.IsLinux())
        {
            foreach (ref var operation in operations)
            {
                operation.Flags |= NoWait;
            }

            return Try(operations) || _pause.Wait(1);
        }

        var limit = new Timespan { Nanoseconds = (nint)Slice.TotalNanoseconds };
        fixed (Operation* first = operations)
        {
            return semtimedop(_id, first, (nuint)operations.Length, &limit) == 0 || Failed();
        }
    }

    private unsafe bool Try(Span<Operation> operations)
    {
        fixed (Operation* first = operations)
        {
            return semop(_id, first, (nuint)operations.Length) == 0 || Failed();
        }
    }

    /// <summary>False where it only was not possible yet.</summary>
    private static bool Failed() =>
        Marshal.GetLastPInvokeError() is var error && (error == WouldBlock || error == Interrupted) ? false : throw new InvalidOperationException(Problem("use"));

    private static int Check(int result, string what) => result >= 0 ? result : throw new InvalidOperationException(Problem(what));

    private static string Problem(string what) => $"the system could not {what} a shared semaphore: {Marshal.GetLastPInvokeErrorMessage()}";

    /// <summary>A number for a name (FNV-1a), different for each user: nobody may open the semaphores of somebody else.</summary>
    private static int KeyOf(string name)
    {
        var hash = 2166136261u;
        foreach (var part in Encoding.UTF8.GetBytes($"{Environment.UserName}/{name}"))
        {
            hash = unchecked((hash ^ part) * 16777619u);
        }

        return (int)(hash & 0x7FFFFFFF) | 1;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int semget(int key, int count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int semctl(int id, int index, int command);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int semop(int id, Operation* operations, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int semtimedop(int id, Operation* operations, nuint count, Timespan* limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Operation(ushort index, short change, short flags)
    {
        public ushort Index = index;
        public short Change = change;
        public short Flags = flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespan
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
