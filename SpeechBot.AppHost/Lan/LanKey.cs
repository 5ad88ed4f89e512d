using System.Security.Cryptography;

namespace SpeechBot.AppHost.Lan;

/// <summary>The key that lets devices of the network in: made once, then kept in a file that only the user can read.</summary>
public static class LanKey
{
    // Without letters and digits that look alike, because somebody may have to type it. Five groups hold 98 bits.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Groups = 5;
    private const int GroupLength = 4;

    /// <summary>The key that is kept in the given folder.</summary>
    public static string Keep(string folder)
    {
        var file = Path.Combine(folder, "key");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: (Groups * GroupLength) + Groups - 1 } kept)
        {
            return kept;
        }

        Directory.CreateDirectory(folder);
        var made = string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters, GroupLength)));
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
