using System.Runtime.InteropServices;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tests.ServiceDefaults.Models;

public sealed class LeftoversTests
{
    private const int Piece = 64 << 10;

    [Fact]
    public void Native_memory_that_is_free_goes_back_though_something_lies_above_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what of a process lies in memory in this way.");
        var pieces = Enumerable.Range(0, 1000).Select(_ => Allocate()).ToArray();
        var freed = pieces[..^1];
        foreach (var piece in freed)
        {
            Marshal.FreeHGlobal(piece);
        }

        var kept = freed.Count(LiesInMemory);
        Leftovers.GiveBack();

        Assert.InRange(kept, 900, freed.Length);
        Assert.InRange(freed.Count(LiesInMemory), 0, 100);
        Marshal.FreeHGlobal(pieces[^1]);
    }

    private static nint Allocate()
    {
        var memory = Marshal.AllocHGlobal(Piece);
        Marshal.Copy(Enumerable.Repeat((byte)1, Piece).ToArray(), 0, memory, Piece);
        return memory;
    }

    // A page in the middle: those at the ends are shared with the neighbours.
    private static bool LiesInMemory(nint piece)
    {
        var size = Environment.SystemPageSize;
        var pages = new byte[1];
        return MemoryInCore((piece + (Piece / 2)) / size * size, (nuint)size, pages) == 0 && (pages[0] & 1) == 1;
    }

    [DllImport("libc", EntryPoint = "mincore")]
    private static extern int MemoryInCore(nint address, nuint length, byte[] pages);
}
