using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// Where model files lie: <c>Models:Path</c>, or the nearest folder named <c>models</c> at or above the service's content root or program.
/// </summary>
public sealed class ModelFolder
{
    private const string FolderName = "models";

    /// <summary>Finds the folder; it need not exist until a relative path is resolved.</summary>
    public ModelFolder(IConfiguration configuration, IHostEnvironment environment)
    {
        Path = configuration["Models:Path"] is { Length: > 0 } configured
            ? System.IO.Path.GetFullPath(configured, environment.ContentRootPath)
            : FindUpwards(environment.ContentRootPath) ?? FindUpwards(AppContext.BaseDirectory) ?? System.IO.Path.Combine(environment.ContentRootPath, FolderName);
    }

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>The absolute path of a model file.</summary>
    /// <param name="path">Absolute, or relative to the folder.</param>
    /// <param name="setting">The setting that named it, for the message.</param>
    /// <exception cref="ModelLoadException">There is no such file.</exception>
    public string Resolve(string path, string setting)
    {
        var full = System.IO.Path.GetFullPath(path, Path);
        return File.Exists(full)
            ? full
            : throw new ModelLoadException($"The model file '{full}' does not exist. Put it there, or set {setting} (or Models:Path for the whole folder) to where it is; docs/models.md lists what works.", full);
    }

    private static string? FindUpwards(string? folder)
    {
        for (; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            var candidate = System.IO.Path.Combine(folder, FolderName);
            // Any folder may be called models; ours has the table of what lies in it.
            if (File.Exists(System.IO.Path.Combine(candidate, "README.md")) || Directory.Exists(System.IO.Path.Combine(candidate, "stt")))
            {
                return candidate;
            }
        }

        return null;
    }
}
