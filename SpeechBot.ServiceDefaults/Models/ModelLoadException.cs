namespace SpeechBot.ServiceDefaults.Models;

/// <summary>A model that cannot be used. The message says which file, what is wrong with it and what to do; people see it.</summary>
public sealed class ModelLoadException(string message, string? path = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The file at fault, or null.</summary>
    public string? Path { get; } = path;
}
