namespace SpeechBot.AppHost.Startup;

/// <summary>Runs the application as a program does.</summary>
public static class RunExtensions
{
    /// <summary>Runs until Ctrl+C, or until the manifest is written; the result is the exit code.</summary>
    public static async Task<int> RunToEndAsync(this DistributedApplication app)
    {
        await app.RunAsync();
        return 0;
    }
}
