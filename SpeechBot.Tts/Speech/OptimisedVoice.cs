namespace SpeechBot.Tts.Speech;

/// <summary>The files of a voice's optimised copy.</summary>
/// <param name="FirstPath">The first half of the network; all of it where it cannot be cut.</param>
/// <param name="SecondPath">The second half.</param>
public sealed record OptimisedVoice(string FirstPath, string? SecondPath)
{
    internal IEnumerable<string> Paths => SecondPath is null ? [FirstPath] : [FirstPath, SecondPath];

    internal bool Exists => Paths.All(File.Exists);
}
