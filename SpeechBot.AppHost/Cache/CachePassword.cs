using System.Security.Cryptography;

namespace SpeechBot.AppHost.Cache;

/// <summary>The embedded cache's password: made once, then kept beside the data in a file that only the user can read.</summary>
public static class CachePassword
{
    private const int Length = 32;

    /// <summary>The password of the cache in the given folder.</summary>
    public static string Keep(string folder)
    {
        var file = Path.Combine(folder, "password");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: Length } kept)
        {
            return kept;
        }

        Directory.CreateDirectory(folder);
        var made = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", Length);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write(made);
        return made;
    }
}
