namespace SpeechBot.AppHost.Accelerators;

/// <summary>Says what a resource was asked to compute on.</summary>
public sealed record AcceleratorAnnotation(Accelerator Accelerator) : IResourceAnnotation;
