using System.Globalization;

namespace SpeechBot.AppHost.Services;

/// <summary>How a service's C library treats memory that native engines give back.</summary>
public static class NativeMemoryExtensions
{
    private const int GrowBy = 64 * 1024 * 1024;

    /// <summary>
    /// Keeps freed memory in the process. Whisper allocates tens of megabytes for each utterance and frees them behind it; by default
    /// glibc gives such blocks back to the kernel, which then hands out zeroed pages one fault at a time: in a virtual machine that took
    /// more than half of a short transcription (docs/latency.md). The variables are read when a process starts, so it cannot do this for
    /// itself; other C libraries than glibc ignore them.
    /// </summary>
    public static IResourceBuilder<T> KeepsFreedMemory<T>(this IResourceBuilder<T> service) where T : IResourceWithEnvironment => service
        // The others consist of heaps of 64 MB, which are unmapped whenever one is empty.
        .WithOneArena()
        .WithEnvironment("MALLOC_MMAP_MAX_", "0")
        .WithEnvironment("MALLOC_TRIM_THRESHOLD_", int.MaxValue.ToString(CultureInfo.InvariantCulture))
        .WithEnvironment("MALLOC_TOP_PAD_", GrowBy.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Lets all threads share what is freed. By default glibc gives them up to eight arenas for each core, each of which grows to the most
    /// that any of its threads ever needed: in a service with a thread pool that goes on for hours (docs/latency.md).
    /// </summary>
    public static IResourceBuilder<T> WithOneArena<T>(this IResourceBuilder<T> service) where T : IResourceWithEnvironment => service
        .WithEnvironment("MALLOC_ARENA_MAX", "1");
}
