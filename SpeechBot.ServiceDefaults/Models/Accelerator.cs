namespace SpeechBot.ServiceDefaults.Models;

/// <summary>Where a model is asked to run, from the setting <c>Accelerator</c>.</summary>
public enum Accelerator
{
    /// <summary>A GPU where one can be used, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; where none can be used the service says so and runs on the CPU.</summary>
    Cuda,
}
