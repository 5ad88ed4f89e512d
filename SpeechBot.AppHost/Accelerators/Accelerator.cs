namespace SpeechBot.AppHost.Accelerators;

/// <summary>What a service computes on.</summary>
public enum Accelerator
{
    /// <summary>A GPU where there is one that the service can use, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; a service that finds none says so and runs on the CPU.</summary>
    Cuda,
}
