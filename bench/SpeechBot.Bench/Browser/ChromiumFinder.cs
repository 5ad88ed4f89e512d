namespace SpeechBot.Bench.Browser;

/// <summary>Where a Chromium or Chrome is on this machine.</summary>
public static class ChromiumFinder
{
    private const string Variable = "CHROME_PATH";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ];

    /// <summary>The program's path, or null and the reason in words.</summary>
    public static (string? Path, string Reason) Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
        {
            return File.Exists(chosen) ? (chosen, "") : (null, $"{Variable} names '{chosen}', which does not exist.");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).Concat(Places).FirstOrDefault(File.Exists);
        return (found, found is null ? $"No Chromium or Chrome was found on the PATH. Install one, or set {Variable} to its program file." : "");
    }
}
