using System.Globalization;

namespace SpeechBot.AppHost.Services;

/// <summary>How often a service's garbage collector runs.</summary>
public static class CollectorExtensions
{
    private const int Every = 4 * 1024 * 1024;

    /// <summary>
    /// Collects after every 4 MB. By default .NET waits for as much as fits into the processor's cache, which may be 32 MB; then the sound
    /// of a whole answer has become old when it is let go, and old memory is looked at after a hundred collections: an evening of talk
    /// piled up (docs/latency.md). There is no setting in the project file for it.
    /// </summary>
    public static IResourceBuilder<T> CollectsOften<T>(this IResourceBuilder<T> service) where T : IResourceWithEnvironment => service
        // Read as hexadecimal.
        .WithEnvironment("DOTNET_GCgen0size", Every.ToString("x", CultureInfo.InvariantCulture));
}
