namespace SpeechBot.AppHost.Restart;

/// <summary>Says that a resource is started again when it crashes.</summary>
/// <param name="Tries">How many times in a row before it is given up.</param>
public sealed record RestartAnnotation(int Tries) : IResourceAnnotation;
